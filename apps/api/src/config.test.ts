import { expect, test } from "vitest";
import { ConfigError, describeConfig, readConfig } from "./config.js";

test("an empty environment is the defaults, and an empty variable is one that is not set", () => {
  const expected = { port: 4000, host: "0.0.0.0", dataDir: ".facet", timeBudgetMs: 1000, unsafeThreshold: 0.8 };
  expect(readConfig({})).toMatchObject(expected);
  expect(readConfig({ PORT: "", DATABASE_URL: "", FACET_UNSAFE_THRESHOLD: "" })).toEqual(readConfig({}));
});

test("the unsafe threshold can be moved or turned off", () => {
  expect(readConfig({ FACET_UNSAFE_THRESHOLD: "0.25" }).unsafeThreshold).toBe(0.25);
  expect(readConfig({ FACET_UNSAFE_THRESHOLD: "off" }).unsafeThreshold).toBeNull();
});

test.each([
  ["PORT", "http"],
  ["PORT", "70000"],
  ["DATABASE_URL", "mysql://u:sesame-value@h/db"],
  ["FACET_ADMIN_KEY", "sesame-value"],
  ["FACET_ADMIN_KEY", "sesame-value with spaces"],
  ["FACET_TIME_BUDGET_MS", "0"],
  ["FACET_UNSAFE_THRESHOLD", "1.5"],
  ["FACET_PUBLIC_URL", "ftp://sesame-value"],
  ["FACET_LOG_LEVEL", "loud"],
])("%s=%s is refused by name", (name, value) => {
  const read = () => readConfig({ [name]: value });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(name);
  expect(read).not.toThrow(/sesame-value/);
});

test("every variable is described with its default", () => {
  expect(describeConfig()).toMatch(/PORT .*\[4000\]/);
  expect(describeConfig()).toMatch(/FACET_UNSAFE_THRESHOLD .*\[0\.8\]/);
});
