import { expect, test } from "vitest";
import { StrangerLimit } from "./stranger-limit.js";

test("strangers of one address have so many requests a minute, from the first of them on", () => {
  let now = 1000;
  const limit = new StrangerLimit(2, () => now);
  limit.noteStranger("1.1.1.1", undefined);
  now += 40_000;
  expect(limit.secondsToWait("1.1.1.1", undefined)).toBeUndefined();
  limit.noteStranger("1.1.1.1", "a");
  expect(limit.secondsToWait("1.1.1.1", "b")).toBe(20);
  expect(limit.secondsToWait("2.2.2.2", "b")).toBeUndefined();
  now += 20_001;
  expect(limit.secondsToWait("1.1.1.1", "b")).toBeUndefined();
});

test("a key that was known is let through, until it is known no more", () => {
  const limit = new StrangerLimit(1);
  limit.noteKnown("ann's");
  limit.noteStranger("1.1.1.1", undefined);
  expect(limit.secondsToWait("1.1.1.1", "ann's")).toBeUndefined();
  limit.noteStranger("1.1.1.1", "ann's");
  expect(limit.secondsToWait("1.1.1.1", "ann's")).toBe(60);
});
