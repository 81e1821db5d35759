import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ScorerDisposedError } from "../errors.js";
import { makeFeatures } from "../features.fixture.js";
import { InterestAttentionScorer } from "../scorer.js";
import { makeSmallModel, SMALL, SMALL_LITERAL, SMALL_WITHOUT } from "../small-model.fixture.js";
import { saveModel } from "../tensorflow/model.js";
import { tensorflowEngine } from "../tensorflow/tensorflow-engine.js";
import { useWasm } from "../wasm-backend.fixture.js";
import { onnxEngine } from "./onnx-engine.js";
import { findOnnxRuntime } from "./onnx-runtime.fixture.js";

const runtime = await findOnnxRuntime();
const onnx = onnxEngine(() => (runtime ? Promise.resolve(runtime) : Promise.reject(new Error("There is none."))));

/** Lengths of histories, and of the videos that are scored for them, side by side in one batch. */
const LENGTHS = [
  [1, 1],
  [2, 9],
  [7, 4],
  [12, 16],
] as const;

let folder: string;

beforeAll(async () => {
  await useWasm();
  folder = await mkdtemp(join(tmpdir(), "facet-scorer-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe.skipIf(!runtime)("with ONNX Runtime", () => {
  const architectures = [
    ["as shipped", SMALL],
    ["to the letter", SMALL_LITERAL],
    ...SMALL_WITHOUT.map(([part, without]) => [`without ${part}`, without] as const),
  ] as const;

  test.each(architectures)("a scorer %s gives what it gives in TensorFlow.js", async (name, architecture) => {
    const { description, weights } = makeSmallModel(architecture, 5);
    const place = join(folder, name);
    await saveModel(place, description, weights);
    const byOnnx = await InterestAttentionScorer.load(place, [onnx]);
    const byWasm = await InterestAttentionScorer.load(place);
    expect([byOnnx.engine.name, byOnnx.modelVersion]).toEqual(["onnx", byWasm.modelVersion]);

    const width = architecture.featureWidth;
    const histories = LENGTHS.map(([likes], n) => makeFeatures(likes, width, n));
    const videos = LENGTHS.map(([, frames], n) => makeFeatures(frames, width, 10 + n));
    const described = await byOnnx.describeHistories(histories);
    const expected = await byWasm.describeHistories(histories);
    for (const [i, { states, kindMean, directions }] of expected.entries()) {
      expectClose(described[i]?.states, states);
      expectClose(described[i]?.kindMean, kindMean);
      expectClose(described[i]?.directions, directions);
    }
    const requests = (made: typeof expected) =>
      made.map((description, i) => ({ frames: videos[i] ?? [], description }));
    const scored = await byOnnx.scoreFrames(requests(described));
    for (const [i, { interestWeights, probabilities }] of (await byWasm.scoreFrames(requests(expected))).entries()) {
      expectClose(scored[i]?.interestWeights, interestWeights);
      expectClose(scored[i]?.probabilities, probabilities);
    }
    byOnnx.dispose();
    byWasm.dispose();
  });

  test.each([
    ["ONNX Runtime", onnx],
    ["TensorFlow.js", tensorflowEngine()],
  ])(
    "on %s a pass that has begun is finished when the scorer is disposed of, and no other begins",
    async (_, engine) => {
      const { description, weights } = makeSmallModel(SMALL, 5);
      const place = join(folder, "disposed of");
      await saveModel(place, description, weights);
      const load = () => InterestAttentionScorer.load(place, [engine]);
      const histories = Array.from({ length: 65 }, (_, n) => makeFeatures(2, SMALL.featureWidth, n));
      const frames = makeFeatures(3, SMALL.featureWidth, 99);
      const [describing, scoring, cutOff] = [await load(), await load(), await load()];
      const [known] = await scoring.describeHistories(histories.slice(0, 1));
      if (!known) throw new Error("Something that must be there is not.");

      const calls = Promise.allSettled([
        describing.describeHistories(histories.slice(0, 64)),
        scoring.scoreFrames([{ frames, description: known }]),
        cutOff.describeHistories(histories),
      ]);
      for (const scorer of [describing, scoring, cutOff]) scorer.dispose();
      const [described, scored, neverFinished] = await calls;
      if (described.status === "rejected" || scored.status === "rejected") throw new Error("It was not finished.");
      expectClose(described.value[0]?.states, known.states);
      expect(scored.value[0]?.probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
      expect(neverFinished).toMatchObject({ status: "rejected", reason: { code: "SCORER_DISPOSED" } });
      await expect(scoring.describeHistories([])).rejects.toThrow(ScorerDisposedError);
      await expect(scoring.scoreFrames([])).rejects.toThrow(ScorerDisposedError);
    },
  );
});

function expectClose(actual: Float32Array | undefined, expected: Float32Array): void {
  expect(actual?.length).toBe(expected.length);
  const furthest = expected.reduce((most, number, i) => Math.max(most, Math.abs(number - (actual?.[i] ?? NaN))), 0);
  expect(furthest).toBeLessThan(1e-4);
}
