import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { BackboneFileError } from "@facet/feature-encoder";
import { InterestAttentionScorer } from "@facet/interest-attention";
import { beforeAll, describe, expect, test } from "vitest";
import type { EvaluationOptions } from "../evaluation/evaluation-options.js";
import { runEvaluation } from "../evaluation/run-evaluation.js";
import { makeInterestFolder, makeTempFolder } from "../photos/photo-folders.fixture.js";
import { runTraining } from "../training/index.js";
import { trainingOptions } from "../training/training-options.fixture.js";
import type { TrainingOptions } from "../training/training-options.js";
import { makeTinyBackbone, TINY_WIDTH } from "./tiny-backbone.fixture.js";

let photos: string;
let cache: string;
let backbone: string;
let model: string;
let encoderVersion: string;

beforeAll(async () => {
  photos = await makeInterestFolder(12, 8);
  cache = await makeTempFolder();
  backbone = await makeTinyBackbone(1);
  model = join(await makeTempFolder(), "model");
  await runTraining(toTrain({ backbone, out: model }), () => undefined);
  const scorer = await InterestAttentionScorer.load(model);
  ({ encoderVersion } = scorer);
  expect(scorer.featureWidth).toBe(TINY_WIDTH);
  scorer.dispose();
});

function toTrain(options: Pick<TrainingOptions, "out"> & Partial<TrainingOptions>): TrainingOptions {
  return trainingOptions({ photos: [photos], cache, steps: 3, once: true, ...options });
}

function evaluate(options: Partial<EvaluationOptions>, say: (line: string) => void = () => undefined) {
  const given: EvaluationOptions = {
    ...{ photos: [photos], worlds: ["W1"], viewers: 24, seed: 3, cache, heldOut: false, fitPhotos: [], compare: [] },
    ...options,
  };
  return runEvaluation(given, say, () => undefined);
}

describe("a scorer trained on another backbone", () => {
  test("is judged on that backbone, beside LDA methods of whatever width", async () => {
    const { results } = await evaluate({ backbone, model, heldOut: true });
    const methods = results.map(({ method }) => method);
    expect(methods).toContain("model");
    expect(methods).toContain("lda-tuned");
  });

  test("says on its model card what encoded the photos, and on what terms", async () => {
    const card = await readFile(join(model, "model-card.md"), "utf8");
    expect(card).toContain(encoderVersion);
    for (const word of ["tiny-1", "made for this test", "block_1", "tells no unsafe picture"])
      expect(card).toContain(word);
    expect(card).not.toContain("finding unsafe pictures");
  });

  test("has its features in the cache beside those of other encoders, which touch them not", async () => {
    const own = join(cache, encoderVersion);
    const before = await readdir(own);
    await evaluate({ backbone: await makeTinyBackbone(2) });
    const encoders = (await readdir(cache)).filter((name) => name.startsWith("tiny-"));
    expect(encoders).toHaveLength(2);
    expect(encoders).toContain(encoderVersion);
    await evaluate({ backbone, model });
    expect(await readdir(own)).toEqual(before);
  });
});

describe("what does not belong together is refused with both encoders and the way out", () => {
  test("a model without its backbone", async () => {
    const evaluating = evaluate({ model });
    await expect(evaluating).rejects.toMatchObject({ code: "ENCODER_MISMATCH" });
    await expect(evaluating).rejects.toThrow(encoderVersion);
    await expect(evaluating).rejects.toThrow("mobilenet-v2-mid-");
    await expect(evaluating).rejects.toThrow("--backbone FILE");
  });

  test("a model with another backbone of the same width", async () => {
    const evaluating = evaluate({ model, backbone: await makeTinyBackbone(2) });
    await expect(evaluating).rejects.toMatchObject({ code: "ENCODER_MISMATCH" });
    await expect(evaluating).rejects.toThrow("tiny-2-");
  });

  test("a file that is no backbone, before anything is read or written", async () => {
    const file = join(photos, "interest-0", "0.png");
    const out = join(await makeTempFolder(), "model");
    await expect(evaluate({ backbone: file })).rejects.toThrow(BackboneFileError);
    await expect(runTraining(toTrain({ backbone: file, out }), () => undefined)).rejects.toThrow(BackboneFileError);
    await expect(readdir(out)).rejects.toThrow("ENOENT");
  });
});

test("another backbone is judged without a scorer too, and the shipped one is left out with a word", async () => {
  const said: string[] = [];
  const { results } = await evaluate({ backbone }, (line) => said.push(line));
  const methods = results.map(({ method }) => method);
  expect(methods).toContain("raw-mean");
  expect(methods).not.toContain("shipped");
  expect(said.join("\n")).toContain("shipped");
});
