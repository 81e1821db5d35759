import { createHash } from "node:crypto";
import { parseImageHash } from "@facet/domain";
import { defineArchitecture } from "@facet/interest-attention";
import { randomNormal } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { Episode, PhotoRef } from "../../apps/trainer/src/episodes/episode.js";
import type { Interest, PhotoCollection } from "../../apps/trainer/src/photos/photo.js";
import { composeForTraining, EpisodeStream } from "../../apps/trainer/src/training/episode-stream.js";
import { fitEmbedding, initialiseWithMetric } from "../../apps/trainer/src/training/fit-embedding.js";
import { trainWeights } from "../../apps/trainer/src/training/train-weights.js";
import { makeBatch } from "../../apps/trainer/src/training/training-batch.js";
import { hitRate, judgeEpisodes } from "../../apps/trainer/src/training/validate.js";
import { useWasm } from "./shipped-scorer.fixture.js";

const WIDTH = 24;
const STEPS = 40;

describe("claim 8: training groups hold a video, its category, its cover and liked images; the model is trained on them", () => {
  const features = new Map<string, Float32Array>();
  const featureOf = ({ photo }: PhotoRef) => features.get(photo.hash) ?? new Float32Array(WIDTH);
  let training: PhotoCollection;
  let unseen: PhotoCollection;

  beforeAll(async () => {
    await useWasm();
    training = { name: "made up", interests: Array.from({ length: 14 }, (_, i) => makeInterest(i, features)) };
    unseen = { name: "unseen", interests: Array.from({ length: 10 }, (_, i) => makeInterest(100 + i, features)) };
  });

  const categories = () => training.interests.map(({ id }) => id);
  const toBatch = (episodes: readonly Episode[]) =>
    makeBatch(episodes, featureOf, new Map(categories().map((id, number) => [id, number])), WIDTH);

  test("a group holds the four, and its cover shows the category that was liked", () => {
    const [group] = composeForTraining(training, "W1", 1, 1);
    if (!group) throw new Error("There is no group.");
    const labelOf = (ref: PhotoRef) => training.interests.find(({ photos }) => photos.includes(ref.photo))?.id;
    expect(group.frames).toHaveLength(16);
    expect(categories()).toContain(group.category);
    const covers = group.frames.filter((_, i) => group.right[i]);
    expect(covers.length).toBeGreaterThan(0);
    for (const cover of covers) expect(labelOf(cover)).toBe(group.category);
    expect(group.history.filter((like) => labelOf(like) === group.category).length).toBeGreaterThan(4);
  });

  test("no photo is in both the history and the video of a group", () => {
    for (const { history, frames } of composeForTraining(training, "W2", 50, 2)) {
      const shown = new Set(frames.map(({ photo }) => photo.hash));
      expect(history.some(({ photo }) => shown.has(photo.hash))).toBe(false);
    }
  });

  test("training lowers the loss, and the scorer finds covers of interests that it never saw", async () => {
    const metric = fitEmbedding(
      training.interests.map(({ photos }) => ({
        kind: training.name,
        weight: 1,
        features: photos.map((photo) => featureOf({ photo, degradation: "none" })),
      })),
    );
    const architecture = defineArchitecture({
      featureWidth: WIDTH,
      embeddingWidth: metric.directions.length,
      residualRank: 4,
      projectionWidth: 8,
      appearanceWidth: 4,
      units: 8,
      categories: training.interests.length,
    });
    const validation = composeForTraining(unseen, "W1", 60, 3);
    const stream = new EpisodeStream([training], 1, () => undefined);
    const losses: number[] = [];
    const { weights } = await trainWeights({
      architecture,
      weights: initialiseWithMetric(architecture, metric, 1),
      steps: STEPS,
      seed: 1,
      nextEpisodes: (count) => stream.take(count),
      validation,
      toBatch,
      onStep: ({ loss }) => losses.push(loss),
    });
    const mean = (part: number[]) => part.reduce((sum, loss) => sum + loss, 0) / part.length;
    expect(losses).toHaveLength(STEPS);
    expect(mean(losses.slice(-8))).toBeLessThan(mean(losses.slice(0, 8)) - 0.1);
    // 60 videos by chance: 0.16, and above 0.35 less than once in a thousand times.
    expect(hitRate(await judgeEpisodes(architecture, weights, validation, toBatch))).toBeGreaterThan(0.35);
  }, 120_000);
});

function makeInterest(number: number, features: Map<string, Float32Array>): Interest {
  const draw = (seed: number) => randomNormal([WIDTH], 0, 1, "float32", seed).dataSync<"float32">();
  const direction = draw(7000 + number);
  const photos = Array.from({ length: 30 }, (_, i) => {
    const hash = parseImageHash(createHash("sha256").update(`${number}/${i}`).digest("hex"));
    const own = draw(1000 * number + i);
    features.set(
      hash,
      own.map((x, d) => 1.5 * x + (direction[d] ?? 0)),
    );
    return { hash, file: "", name: `${number}/${i}` };
  });
  return { id: `made up/${number}`, label: String(number), photos };
}
