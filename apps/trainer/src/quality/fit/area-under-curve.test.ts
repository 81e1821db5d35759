import { expect, test } from "vitest";
import { areaUnderCurve } from "./area-under-curve.js";

test("is the share of pairs that are in order, a draw being half a pair", () => {
  expect(areaUnderCurve([3, 4], [1, 2])).toBe(1);
  expect(areaUnderCurve([1, 2], [3, 4])).toBe(0);
  expect(areaUnderCurve([1, 3], [2])).toBe(0.5);
  expect(areaUnderCurve([5, 5], [5, 1])).toBe(0.75);
});

test("of nothing is no number", () => {
  expect(areaUnderCurve([], [1])).toBeNaN();
});
