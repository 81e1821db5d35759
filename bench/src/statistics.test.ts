import { expect, test } from "vitest";
import { interleave, median, percentile } from "./statistics.js";

test("the median does not ask for an order", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test("a percentile lies between the two nearest values", () => {
  const hundred = Array.from({ length: 101 }, (_, value) => value);
  expect(percentile(hundred, 99)).toBe(99);
  expect(percentile([0, 10], 99)).toBeCloseTo(9.9);
});

test("there is no percentile of nothing", () => {
  expect(() => percentile([], 50)).toThrow(RangeError);
});

test("measurements take turns", async () => {
  const order: string[] = [];
  const note = (name: string) => () => Promise.resolve(order.push(name));
  const values = await interleave(2, { a: note("a"), b: note("b") });
  expect(order).toEqual(["a", "b", "a", "b"]);
  expect(values).toEqual({ a: [1, 3], b: [2, 4] });
});
