import { describe, expect, test } from "vitest";
import { InvalidIdError, parseImageHash, parseUserId, parseVideoId } from "./ids.js";

describe("a caller's id", () => {
  test.each(["a", "x".repeat(128), "film/42?q=ü", "😀".repeat(128)])("may be %j", (id) => {
    expect(parseVideoId(id)).toBe(id);
    expect(parseUserId(id)).toBe(id);
  });

  test.each([
    ["", "is empty"],
    ["x".repeat(129), "has 129 characters"],
    ["a\u0000b", "holds a control character"],
    ["a\nb", "holds a control character"],
    ["\ud800", "holds a control character"],
  ])("may not be %j", (id, problem) => {
    expect(() => parseVideoId(id)).toThrow(InvalidIdError);
    expect(() => parseUserId(id)).toThrow(`userId ${problem}`);
  });
});

test("an image hash is 64 lower-case hex digits", () => {
  expect(parseImageHash("0f".repeat(32))).toBe("0f".repeat(32));
  expect(() => parseImageHash("0F".repeat(32))).toThrow("image hash");
});
