import { RAMP_SLOPE } from "@facet/interest-attention/training";
import { beforeAll, describe, expect, test } from "vitest";
import {
  largestDifference,
  loadShippedScorer,
  MadeUpInterests,
  numbers,
  scoreOne,
  type ShippedScorer,
} from "./shipped-scorer.fixture.js";

describe("claim 4: Z = f(w1 X + b1), and a probability is exp(z_j) / sum of exp(z_k)", () => {
  let shipped: ShippedScorer;
  let interests: MadeUpInterests;
  beforeAll(async () => {
    shipped = await loadShippedScorer();
    interests = new MadeUpInterests(shipped);
  });

  test.each([1, 2, 16, 61])("worked out by hand for %i candidates with the same layer", (count) => {
    const frames = Array.from({ length: count }, (_, i) => interests.picture(i % 5, 1, 50 + i)).flat();
    const { interestPoints, logits, probabilities } = scoreOne(shipped, interests.picture(0, 4), frames);
    const w1 = numbers(shipped.layers.cover.w1);
    const [b1 = NaN] = numbers(shipped.layers.cover.b1);
    const f = (x: number) => (x >= 0 ? x : RAMP_SLOPE * x);

    const z = (interestPoints.arraySync()[0] ?? []).map((X) => f(X.reduce((sum, x, i) => sum + x * (w1[i] ?? 0), b1)));
    expect(z).toHaveLength(count);
    expect(largestDifference(z, numbers(logits))).toBeLessThan(1e-3);

    const sum = z.reduce((total, value) => total + Math.exp(value), 0);
    const p = z.map((value) => Math.exp(value) / sum);
    expect(largestDifference(p, numbers(probabilities))).toBeLessThan(1e-4);
  });

  test("one layer serves all frames: it has one row of weights and one logit, whatever the number of frames", () => {
    const { embeddingWidth } = shipped.model.description.architecture;
    expect(shipped.layers.cover.w1.shape).toEqual([embeddingWidth + 1, 1]);
    expect(shipped.layers.cover.b1.shape).toEqual([1]);
  });
});
