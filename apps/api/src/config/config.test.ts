import { expect, test } from "vitest";
import { ConfigError, describeConfig, readConfig } from "./index.js";

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
  ["FACET_RATE_LIMIT", "0"],
  ["FACET_IMAGE_ACCESS", "sesame-value"],
  ["FACET_IMAGE_SECRET", "sesame-value"],
  ["FACET_IMAGE_URL_SECONDS", "3"],
  ["FACET_UPLOAD_HOURS", "0"],
  ["FACET_URL_HOSTS", "media.example, https://sesame-value"],
  ["FACET_URL_HOSTS", "*"],
])("%s=%s is refused by name", (name, value) => {
  const read = () => readConfig({ [name]: value });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(name);
  expect(read).not.toThrow(/sesame-value/);
});

test.each([
  ["FACET_RATE_LIMIT", "0", "takes a whole number of 1 to 1000000000, or off"],
  ["FACET_RATE_LIMIT", "many", "takes a whole number of 1 to 1000000000, or off"],
  ["FACET_UNSAFE_THRESHOLD", "1.5", "takes a number of 0 to 1, or off"],
  ["FACET_UNSAFE_THRESHOLD", "much", "takes a number of 0 to 1, or off"],
  ["FACET_IMAGE_ACCESS", "x", "takes public or signed"],
  ["FACET_LOG_LEVEL", "loud", "takes fatal, error, warn, info, debug, trace or silent"],
])("%s=%s is answered with the whole rule", (name, value, rule) => {
  expect(() => readConfig({ [name]: value })).toThrow(`${name} ${rule}`);
});

test("hosts that URLs may be fetched from are a list, and none unless told", () => {
  const { urlHosts } = readConfig({ FACET_URL_HOSTS: "Media.example, *.cdn.example:8443" });
  expect(urlHosts).toEqual(["media.example", "*.cdn.example:8443"]);
  expect(readConfig({}).urlHosts).toEqual([]);
});

test("every variable is described with its default", () => {
  expect(describeConfig()).toMatch(/PORT .*\[4000\]/);
  expect(describeConfig()).toMatch(/FACET_UNSAFE_THRESHOLD .*\[0\.8\]/);
});
