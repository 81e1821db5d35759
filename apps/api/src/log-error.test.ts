import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { describeError } from "./log-error.js";

const picture = randomBytes(300);
const text = (error: unknown) => JSON.stringify(describeError(error));

test("an error is logged with what it is and where it came from", () => {
  const error = Object.assign(new TypeError("no disk"), { code: "ENOSPC" });
  expect(describeError(error)).toMatchObject({ type: "TypeError", code: "ENOSPC", message: "no disk" });
  expect(text(error)).toContain("log-error.test");
});

test.each<[name: string, error: Error]>([
  ["base64 in its message", new Error(`Variable "$input" got invalid value "${picture.toString("base64")}"`)],
  ["base64 for URLs in its message", new Error(`got ${picture.toString("base64url")}`)],
  ["hex in its message", new Error(`Failing row contains (\\x${picture.toString("hex")})`)],
  ["bytes in its message", new Error(`bytes: Uint8Array [${[...picture].join(", ")}]`)],
  ["a field that holds them", Object.assign(new Error("no"), { meta: { row: picture.toString("base64") } })],
  ["a cause that tells them", new Error("no", { cause: new Error(picture.toString("base64")) })],
])("an error with %s is logged without", (_name, error) => {
  const logged = text(error);
  expect(logged).not.toContain(picture.toString("base64").slice(20, 60));
  expect(logged).not.toContain(picture.toString("base64url").slice(20, 60));
  expect(logged).not.toContain(picture.toString("hex").slice(20, 60));
  expect(logged).not.toContain([...picture.subarray(20, 30)].join(", "));
});

test("what is thrown and is no error is logged all the same, and a circle of causes ends", () => {
  expect(describeError("no")).toEqual({ type: "string", message: "no" });
  const error = new Error("round");
  error.cause = error;
  expect(() => text(error)).not.toThrow();
});
