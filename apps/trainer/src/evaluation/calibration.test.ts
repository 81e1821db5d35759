import { expect, test } from "vitest";
import { CalibrationBins } from "./calibration.js";

test("confidence that equals the hit rate has no error", () => {
  const bins = new CalibrationBins([true, true, true, false].map((hit) => ({ probability: 0.75, hit })));
  expect(bins.error()).toBeCloseTo(0, 10);
});

test("the error is the gap of each bin, weighted by its viewers", () => {
  const bins = new CalibrationBins([
    { probability: 0.95, hit: true },
    { probability: 0.95, hit: false }, // this bin: confidence 0.95, hit rate 0.5, gap 0.45, two of three viewers
    { probability: 0.25, hit: false }, // this bin: gap 0.25, one of three viewers
  ]);
  expect(bins.error()).toBeCloseTo((2 * 0.45 + 0.25) / 3, 10);
});

test("bins added up give the error of all viewers together", () => {
  const [over, under] = [
    { probability: 0.85, hit: false },
    { probability: 0.85, hit: true },
  ] as const;
  const together = new CalibrationBins([over]);
  together.add(new CalibrationBins([under]));
  expect(together.error()).toBeCloseTo(new CalibrationBins([over, under]).error(), 10);
  expect(together.error()).toBeCloseTo(0.35, 10);
});

test("a probability of exactly 1 has a bin", () => {
  expect(new CalibrationBins([{ probability: 1, hit: true }]).error()).toBe(0);
});

test("a bin tells its mean confidence, its hit rate and how many decisions it holds", () => {
  const bins = new CalibrationBins([
    { probability: 0.92, hit: true },
    { probability: 0.98, hit: false },
    { probability: 0.25, hit: false },
  ]).bins();
  expect(bins).toHaveLength(2);
  expect(bins[0]).toEqual({ confidence: 0.25, hitRate: 0, decisions: 1 });
  expect(bins[1]?.confidence).toBeCloseTo(0.95, 10);
  expect(bins[1]).toMatchObject({ hitRate: 0.5, decisions: 2 });
});
