import { coverProbabilities } from "@facet/interest-attention/training";
import { ones, tensor2d, tensor3d, type Rank } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import {
  indexOfLargest,
  largestDifference,
  loadShippedScorer,
  MadeUpInterests,
  numbers,
  scoreOne,
  type ShippedScorer,
} from "./shipped-scorer.fixture.js";

describe("claim 3: weight x feature, fully connected with a nonlinearity, normalised; the most probable is the cover", () => {
  let shipped: ShippedScorer;
  let liked: Float32Array[];
  let frames: Float32Array[];
  beforeAll(async () => {
    shipped = await loadShippedScorer();
    const interests = new MadeUpInterests(shipped);
    liked = interests.picture(0, 5);
    frames = [2, 0, 1].flatMap((interest) => interests.picture(interest, 3, 50));
  });

  const embeddingWidth = () => shipped.model.description.architecture.embeddingWidth;
  const cover = (weights: number[], directions: number[][]) => {
    const steps = weights.length;
    return coverProbabilities(
      shipped.layers.cover,
      tensor2d(weights, [1, steps]),
      tensor3d([directions]),
      ones<Rank.R2>([1, steps]),
    );
  };

  test("a frame's weight scales its interest-point feature exactly", () => {
    const direction = Array.from({ length: embeddingWidth() }, (_, i) => Math.sin(i));
    const { interestPoints } = cover([1, 2.5, -3], [direction, direction, direction]);
    const [once = [], more = [], minus = []] = interestPoints.arraySync()[0] ?? [];
    expect(once).toHaveLength(embeddingWidth() + 1);
    expect(
      largestDifference(
        more,
        once.map((x) => 2.5 * x),
      ),
    ).toBeLessThan(1e-6);
    expect(
      largestDifference(
        minus,
        once.map((x) => -3 * x),
      ),
    ).toBeLessThan(1e-6);
  });

  test("the interest-point features of a video are its weights times its features", () => {
    const { weights, interestPoints } = scoreOne(shipped, liked, frames);
    const points = interestPoints.arraySync()[0] ?? [];
    numbers(weights).forEach((weight, j) => {
      const point = points[j] ?? [];
      expect(point.at(-1)).toBeCloseTo(weight, 4);
      const length = Math.hypot(...point.slice(0, -1).map((x) => x / weight));
      expect(length).toBeCloseTo(1, 3);
    });
  });

  test("the layer is not linear: twice what goes in is not twice what comes out, and order is kept", () => {
    const flat = Array<number>(embeddingWidth()).fill(0);
    const weights = [-6, -3, -1, 0, 1, 3, 6];
    const logits = numbers(
      cover(
        weights,
        weights.map(() => flat),
      ).logits,
    );
    const slopes = logits.slice(1).map((z, i) => (z - (logits[i] ?? 0)) / ((weights[i + 1] ?? 0) - (weights[i] ?? 0)));
    expect(Math.max(...slopes) / Math.min(...slopes)).toBeGreaterThan(1.5);
    expect(slopes.every((slope) => Math.sign(slope) === Math.sign(slopes[0] ?? 0))).toBe(true);
  });

  test("the probabilities sum to 1, and the cover is the most probable frame", async () => {
    const { probabilities, logits } = scoreOne(shipped, liked, frames);
    expect(numbers(probabilities).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
    const [description] = await shipped.scorer.describeHistories([liked]);
    if (!description) throw new Error("There is no description.");
    const [scores] = await shipped.scorer.scoreFrames([{ frames, description }]);
    const chosen = indexOfLargest(scores?.probabilities ?? []);
    expect(chosen).toBe(indexOfLargest(numbers(logits)));
    expect([3, 4, 5]).toContain(chosen);
  });
});
