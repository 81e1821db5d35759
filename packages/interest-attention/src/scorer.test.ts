import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memory } from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  DescriptionVersionError,
  EmptyCandidateSetError,
  EmptyHistoryError,
  FeatureWidthError,
  ScorerDisposedError,
} from "./errors.js";
import { makeFeatures } from "./features.fixture.js";
import { InterestAttentionScorer } from "./scorer.js";
import { makeSmallModel, makeSmallScorer, SMALL, SMALL_LITERAL, SMALL_WITHOUT } from "./small-model.fixture.js";
import { saveModel } from "./tensorflow/model.js";
import { useWasm } from "./wasm-backend.fixture.js";

beforeAll(useWasm);

const WIDTH = SMALL.featureWidth;
const liked = (count: number, seed = 1) => makeFeatures(count, WIDTH, seed);
const frames = (count: number, seed = 2) => makeFeatures(count, WIDTH, seed);

const VARIANTS: (readonly [string, typeof SMALL])[] = [
  ["sequence with relation numbers", SMALL],
  ["literal, last state", SMALL_LITERAL],
  ...SMALL_WITHOUT.map(([part, architecture]) => [`without ${part}`, architecture] as const),
];

describe.each(VARIANTS)("a scorer of the variant %s", (_, architecture) => {
  let scorer: InterestAttentionScorer;
  beforeEach(() => {
    scorer = makeSmallScorer(architecture, 1);
  });
  afterEach(() => scorer.dispose());

  const scoreOne = async (video: Float32Array[], history: Float32Array[]) => {
    const [description] = await scorer.describeHistories([history]);
    if (!description) throw new Error("no description");
    const [scores] = await scorer.scoreFrames([{ frames: video, description }]);
    if (!scores) throw new Error("no scores");
    return scores;
  };

  test.each([
    [1, 1],
    [1, 50],
    [256, 1],
    [33, 20],
  ])("weighs all of %i frames for %i liked images, and the probabilities sum to 1", async (frameCount, likes) => {
    const { interestWeights, probabilities } = await scoreOne(frames(frameCount), liked(likes));
    expect(interestWeights).toHaveLength(frameCount);
    expect(probabilities).toHaveLength(frameCount);
    expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
    expect([...interestWeights, ...probabilities].every(Number.isFinite)).toBe(true);
  });

  test("a batch of videos and viewers of different lengths gives what each gives alone", async () => {
    const videos = [3, 17, 1, 40].map((count, i) => frames(count, 10 + i));
    const histories = [1, 5, 20, 2].map((count, i) => liked(count, 20 + i));
    const descriptions = await scorer.describeHistories(histories);
    const requests = videos.map((video, i) => ({ frames: video, description: descriptions[i] ?? fail() }));
    const together = await scorer.scoreFrames(requests);
    for (const [i, video] of videos.entries()) {
      const alone = await scoreOne(video, histories[i] ?? []);
      expect(largestDifference(together[i]?.interestWeights, alone.interestWeights)).toBeLessThan(1e-5);
      expect(largestDifference(together[i]?.probabilities, alone.probabilities)).toBeLessThan(1e-5);
    }
  });

  test("one description serves many videos", async () => {
    const [description = fail()] = await scorer.describeHistories([liked(7)]);
    const [first, second] = await scorer.scoreFrames([
      { frames: frames(9, 3), description },
      { frames: frames(4, 4), description },
    ]);
    expect(
      largestDifference(first?.probabilities, (await scoreOne(frames(9, 3), liked(7))).probabilities),
    ).toBeLessThan(1e-5);
    expect(
      largestDifference(second?.probabilities, (await scoreOne(frames(4, 4), liked(7))).probabilities),
    ).toBeLessThan(1e-5);
  });

  test("more requests than one pass takes are all answered in order", async () => {
    const histories = Array.from({ length: 70 }, (_, i) => liked(2, 100 + i));
    const descriptions = await scorer.describeHistories(histories);
    const scores = await scorer.scoreFrames(descriptions.map((description) => ({ frames: frames(3), description })));
    expect(scores).toHaveLength(70);
    const last = await scoreOne(frames(3), histories[69] ?? []);
    expect(largestDifference(scores[69]?.interestWeights, last.interestWeights)).toBeLessThan(1e-5);
  });

  test("the order of the liked images counts", async () => {
    const history = liked(6);
    const inOrder = await scoreOne(frames(8), history);
    const reversed = await scoreOne(frames(8), history.toReversed());
    expect(largestDifference(inOrder.interestWeights, reversed.interestWeights)).toBeGreaterThan(1e-4);
  });

  test("scoring leaves no tensor behind, and disposing frees the weights", async () => {
    await scoreOne(frames(4), liked(3));
    const before = memory().numTensors;
    await scoreOne(frames(5), liked(4));
    expect(memory().numTensors).toBe(before);
    scorer.dispose();
    scorer.dispose();
    expect(memory().numTensors).toBeLessThan(before);
    await expect(scorer.describeHistories([liked(1)])).rejects.toThrow(ScorerDisposedError);
  });

  test("a description may be stored as JSON and read again", async () => {
    const [description = fail()] = await scorer.describeHistories([liked(5)]);
    const stored = JSON.stringify({
      ...description,
      states: [...description.states],
      kindMean: [...description.kindMean],
      directions: [...description.directions],
    });
    const read = JSON.parse(stored) as {
      modelVersion: string;
      likedImages: number;
      states: number[];
      kindMean: number[];
      directions: number[];
    };
    const [states, kindMean, directions] = [read.states, read.kindMean, read.directions].map((numbers) =>
      Float32Array.from(numbers),
    );
    if (!states || !kindMean || !directions) throw new Error("A part of the description is missing.");
    const again = { ...read, states, kindMean, directions };
    const [first] = await scorer.scoreFrames([{ frames: frames(5), description }]);
    const [second] = await scorer.scoreFrames([{ frames: frames(5), description: again }]);
    expect(second).toEqual(first);
  });

  test("what a folder was saved with, it is loaded with", async () => {
    const folder = await mkdtemp(join(tmpdir(), "facet-scorer-"));
    const model = makeSmallModel(architecture, 1);
    const description = await saveModel(folder, model.description, model.weights);
    const loaded = await InterestAttentionScorer.load(folder);
    expect(loaded.modelVersion).toBe(description.modelVersion);
    expect(loaded.encoderVersion).toBe("test");
    const [made = fail()] = await loaded.describeHistories([liked(3)]);
    const [scores] = await loaded.scoreFrames([{ frames: frames(6), description: made }]);
    expect(scores).toEqual(await scoreOne(frames(6), liked(3)));
    loaded.dispose();
    await rm(folder, { recursive: true });
  });
});

describe("what a scorer refuses", () => {
  const scorer = () => makeSmallScorer(SMALL, 1);

  test("a history without a liked image, by its number", async () => {
    await expect(scorer().describeHistories([liked(1), []])).rejects.toThrow(EmptyHistoryError);
    await expect(scorer().describeHistories([liked(1), []])).rejects.toThrow("History 1");
  });

  test("a feature of another width, naming both widths", async () => {
    const wrong = scorer().describeHistories([[...liked(1), new Float32Array(5)]]);
    await expect(wrong).rejects.toThrow(FeatureWidthError);
    await expect(wrong).rejects.toThrow("liked image 1 of history 0 has 5 numbers: the model takes 24");
  });

  test("a request without a frame", async () => {
    const one = scorer();
    const [description = fail()] = await one.describeHistories([liked(1)]);
    await expect(one.scoreFrames([{ frames: [], description }])).rejects.toThrow(EmptyCandidateSetError);
  });

  test("a description that another model made", async () => {
    const [description = fail()] = await makeSmallScorer(SMALL, 2).describeHistories([liked(1)]);
    await expect(scorer().scoreFrames([{ frames: frames(2), description }])).rejects.toThrow(DescriptionVersionError);
  });
});

describe("a model folder is refused", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "facet-scorer-"));
    const model = makeSmallModel(SMALL, 1);
    await saveModel(folder, model.description, model.weights);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const change = async (edit: (json: Record<string, unknown>) => void) => {
    const file = join(folder, "model.json");
    const json = JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>;
    edit(json);
    await writeFile(file, JSON.stringify(json));
  };
  const load = () => InterestAttentionScorer.load(folder);

  test("where a file is missing", async () => {
    await rm(join(folder, "weights.bin"));
    await expect(load()).rejects.toThrow("weights.bin cannot be used: it is missing");
  });

  test("where its JSON is cut off", async () => {
    await writeFile(join(folder, "model.json"), '{"format":');
    await expect(load()).rejects.toMatchObject({
      code: "MODEL_FILES",
      message: expect.stringContaining("not JSON") as string,
    });
  });

  test("where it is of another format version", async () => {
    await change((json) => (json["formatVersion"] = 99));
    await expect(load()).rejects.toThrow("format version 99");
  });

  test("where its weights are cut off", async () => {
    const file = join(folder, "weights.bin");
    await writeFile(file, (await readFile(file)).subarray(0, 100));
    await expect(load()).rejects.toThrow("it has 100 bytes");
  });

  test("where a weight was changed after it was stored", async () => {
    const file = join(folder, "weights.bin");
    const bytes = await readFile(file);
    bytes.writeFloatLE(0.5, 400);
    await writeFile(file, bytes);
    await expect(load()).rejects.toThrow("is not what model");
  });

  test("where its architecture is not this scorer's", async () => {
    await change((json) => (json["architecture"] = { units: "many" }));
    await expect(load()).rejects.toThrow("architecture");
  });

  test("where an ablation is no list, or a category no name", async () => {
    await change((json) => (json["architecture"] = { ...(json["architecture"] as object), without: null }));
    await expect(load()).rejects.toThrow("its architecture is incomplete");
    await change((json) => {
      json["architecture"] = SMALL;
      json["categories"] = Array<number>(SMALL.categories).fill(1);
    });
    await expect(load()).rejects.toThrow(`it does not name its ${SMALL.categories} categories`);
    await change((json) => {
      json["categories"] = Array<string>(SMALL.categories).fill("a name");
      json["learnedBefore"] = "cats";
    });
    await expect(load()).rejects.toThrow("what it learned before is no list of names");
  });
});

function largestDifference(actual: Float32Array | undefined, expected: Float32Array): number {
  expect(actual).toHaveLength(expected.length);
  return Math.max(...expected.map((value, i) => Math.abs(value - (actual?.[i] ?? NaN))));
}

function fail(): never {
  throw new Error("Something that must be there is not.");
}
