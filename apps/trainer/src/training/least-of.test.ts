import { expect, test } from "vitest";
import { leastOf } from "./least-of.js";

test.each([
  { least: 1.25, lowest: -3, highest: 4 },
  { least: 0, lowest: 0, highest: 10 },
  { least: 7, lowest: 0, highest: 7 },
])("the least cost is found at $least, between $lowest and $highest", ({ least, ...range }) => {
  expect(leastOf({ ...range, rounds: 40 }, (x) => Math.abs(x - least) ** 1.5)).toBeCloseTo(least, 5);
});

test("every round asks once, and the last answer is not asked for again", () => {
  const asked: number[] = [];
  leastOf({ lowest: 0, highest: 1, rounds: 7 }, (x) => asked.push(x));
  expect(asked).toHaveLength(8);
});
