import { expect, test } from "vitest";
import { percent, signedPercent } from "./figures.js";

test.each([
  [0.5175, "51.8"],
  [0.6325, "63.3"],
  [0.8225, "82.3"],
  [0.5174, "51.7"],
  [1, "100.0"],
  [0, "0.0"],
])("%d is printed as %s: of halves of the last digit all go up", (fraction, text) => {
  expect(percent(fraction)).toBe(text);
});

test("a difference has its sign, and none where it is 0 as printed", () => {
  expect([0.065, -0.065, 0.0002, -0.0002].map(signedPercent)).toEqual(["+6.5", "−6.5", "0.0", "0.0"]);
});
