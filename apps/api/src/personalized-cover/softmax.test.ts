import { expect, test } from "vitest";
import { softmax } from "./softmax.js";

test("probabilities sum to 1 and keep the order of the values", () => {
  const probabilities = softmax([0.1, 0.9, 0.5]);
  expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
  expect(probabilities[1]).toBeGreaterThan(probabilities[2] ?? 1);
  expect(probabilities[2]).toBeGreaterThan(probabilities[0] ?? 1);
});

test("only differences count, however large the values are", () => {
  expect(softmax([1000, 1001])).toEqual(softmax([0, 1]));
});
