import "@tensorflow/tfjs-layers"; // registers the gradients
import { categoryLogits, CATEGORY_SHARE, trainingLoss } from "@facet/interest-attention/training";
import { grad, tensor2d, zeros, type Rank, type Tensor2D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import {
  largestDifference,
  loadShippedScorer,
  MadeUpInterests,
  numbers,
  scoreOne,
  type ShippedScorer,
} from "./shipped-scorer.fixture.js";

describe("claim 9: a second fully connected layer and softmax predict the category; loss = cover + lambda x category", () => {
  let shipped: ShippedScorer;
  let interests: MadeUpInterests;
  beforeAll(async () => {
    shipped = await loadShippedScorer();
    interests = new MadeUpInterests(shipped);
  });
  const scored = () =>
    scoreOne(
      shipped,
      interests.picture(0, 4),
      [0, 1, 2].flatMap((i) => interests.picture(i, 2, 50)),
    );
  const categories = () => shipped.model.description.categories.length;
  const wanted = (right: number[], category: number) => ({
    right: tensor2d(right, [1, right.length]),
    category: tensor2d([Array.from({ length: categories() }, (_, i) => (i === category ? 1 : 0))]),
  });

  test("the layer gives a logit for every category that training knew", () => {
    expect(categoryLogits(shipped.layers.category, scored()).shape).toEqual([1, categories()]);
    expect(categories()).toBeGreaterThan(1);
  });

  test("it sees the interest-point features, each as much as its frame is probable", () => {
    const { interestPoints, probabilities } = scored();
    const points = interestPoints.arraySync()[0] ?? [];
    const p = numbers(probabilities);
    const pooled = (points[0] ?? []).map((_, d) => p.reduce((sum, share, j) => sum + share * (points[j]?.[d] ?? 0), 0));
    const w2 = shipped.layers.category.w2.arraySync();
    const b2 = numbers(shipped.layers.category.b2);
    const byHand = b2.map((b, c) => pooled.reduce((sum, x, d) => sum + x * (w2[d]?.[c] ?? 0), b));
    expect(largestDifference(byHand, numbers(categoryLogits(shipped.layers.category, scored())))).toBeLessThan(1e-3);
  });

  test("the loss is the cover's cross-entropy and a share of the category's", () => {
    const { probabilities } = scored();
    const logits = categoryLogits(shipped.layers.category, scored());
    const p = numbers(probabilities);
    const cover = -Math.log((p[2] ?? 0) + (p[3] ?? 0) + 1e-9);
    const z = numbers(logits);
    const category = Math.log(z.reduce((sum, x) => sum + Math.exp(x - (z[1] ?? 0)), 0));
    for (const lambda of [0, CATEGORY_SHARE, 2]) {
      const [loss = NaN] = numbers(trainingLoss(probabilities, logits, wanted([0, 0, 1, 1, 0, 0], 1), lambda));
      expect(loss).toBeCloseTo(cover + lambda * category, 3);
    }
  });

  test("both parts are learned from: each moves what it judges, and only lambda joins them", () => {
    const { probabilities } = scored();
    const target = wanted([0, 0, 1, 1, 0, 0], 1);
    const none: Tensor2D = zeros<Rank.R2>([1, categories()]);
    const byCover = grad((p) => trainingLoss(p as Tensor2D, none, target))(probabilities);
    const byCategory = (lambda: number) =>
      numbers(grad((z) => trainingLoss(probabilities, z as Tensor2D, target, lambda))(none));
    expect(numbers(byCover).filter((slope) => slope < 0)).toHaveLength(2);
    expect(byCategory(0.5)[1]).toBeLessThan(0);
    expect(
      largestDifference(
        byCategory(0.5).map((slope) => 2 * slope),
        byCategory(1),
      ),
    ).toBeLessThan(1e-6);
  });
});
