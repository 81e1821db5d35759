import { expect, test } from "vitest";
import { readBase64 } from "./read-base64.js";

const read = (text: string, maxBytes = 100) => Buffer.from(readBase64("source.base64", text, maxBytes)).toString("hex");

test.each(["+/+A", "-_-A", "data:image/png;base64,+/+A", "+/\n+A\n"])("%j is read", (text) => {
  expect(read(text)).toBe("fbff80");
});

test("padding may be there or not", () => {
  expect(read("+w==")).toBe("fb");
  expect(read("+w")).toBe("fb");
});

test.each(["", "=", "A", "data:image/png;base64,", "not base64!", "QUJD*", "Q=JD"])("%j is no base64", (text) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ code: "INVALID_BASE64", field: "source.base64" }));
});

test("the limit is one of bytes", () => {
  expect(read("AAAA", 3)).toBe("000000");
  expect(() => read("AAAAAA", 3)).toThrow(expect.objectContaining({ code: "LIMIT_EXCEEDED" }));
});
