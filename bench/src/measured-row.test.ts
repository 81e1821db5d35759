import { expect, test } from "vitest";
import { describeGoal, isMet, ratioOf, type MeasuredRow } from "./measured-row.js";

const row = (change: Partial<MeasuredRow>): MeasuredRow => ({
  ...{ name: "a row", what: "something", unit: "ms", figure: 12, floor: { what: "a floor", value: 10 }, note: "" },
  goal: { kind: "ratio at most", limit: 1.2 },
  ...change,
});

test("a ratio that is exactly its limit meets it", () => {
  expect(ratioOf(row({}))).toBeCloseTo(1.2);
  expect(isMet(row({}))).toBe(true);
  expect(isMet(row({ figure: 12.1 }))).toBe(false);
});

test("where more is better, less misses the goal", () => {
  const goal = { kind: "ratio at least", limit: 4 } as const;
  expect(isMet(row({ goal, figure: 39 }))).toBe(false);
  expect(isMet(row({ goal, figure: 40 }))).toBe(true);
});

test("a goal of a figure looks at no floor", () => {
  const goal = { kind: "figure at most", limit: 3 } as const;
  expect(isMet(row({ goal, floor: null, figure: 2.9, unit: "s" }))).toBe(true);
  expect(describeGoal(row({ goal, unit: "s" }))).toBe("<= 3 s");
});

test("a ratio without a floor is never met", () => {
  expect(isMet(row({ floor: null }))).toBe(false);
});
