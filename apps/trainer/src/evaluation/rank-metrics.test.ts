import { expect, test } from "vitest";
import { rankFrames, rankMetrics } from "./rank-metrics.js";

test("a right frame on top is a hit, and the order below it is discounted", () => {
  // Order 2, 0, 3, 1; right are 2 and 3, in places 1 and 3.
  const metrics = rankMetrics([0.5, 0.1, 0.9, 0.2], [false, false, true, true]);
  expect(metrics.hitAt1).toBe(1);
  expect(metrics.mrr).toBe(1);
  // (1 + 1/2) / (1 + 1/log2(3))
  expect(metrics.ndcg5).toBeCloseTo(1.5 / 1.63093, 5);
});

test("a right frame in place 3 has a reciprocal rank of one third", () => {
  const metrics = rankMetrics([3, 2, 1], [false, false, true]);
  expect(metrics).toEqual({ hitAt1: 0, mrr: 1 / 3, ndcg5: 0.5 });
});

test("a right frame below place 5 gains nothing but its reciprocal rank", () => {
  const metrics = rankMetrics([6, 5, 4, 3, 2, 1], [false, false, false, false, false, true]);
  expect(metrics).toEqual({ hitAt1: 0, mrr: 1 / 6, ndcg5: 0 });
});

test("of equal scores the earlier frame comes first", () => {
  expect(rankFrames([1, 2, 2, 1])).toEqual([1, 2, 0, 3]);
});

test("a score that is no number comes last", () => {
  expect(rankFrames([Number.NaN, -5, 0])).toEqual([2, 1, 0]);
});
