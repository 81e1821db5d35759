import { tensor, tensor2d, tidy, variable, variableGrads, type Tensor, type Variable } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-layers"; // registers the gradients
import { beforeAll, describe, expect, test } from "vitest";
import type { Architecture } from "../architecture.js";
import { categoryLogits } from "./category.js";
import { makeFeatures } from "../features.fixture.js";
import { describeHistory } from "./history-interest-description.js";
import { layersOf } from "./layers.js";
import { coverCrossEntropy, trainingLoss } from "./loss.js";
import { padBatch } from "./padded-batch.js";
import { scoreCandidates } from "./score.js";
import { makeSmallModel, SMALL, SMALL_LITERAL } from "../small-model.fixture.js";
import { useWasm } from "../wasm-backend.fixture.js";
import { planWeights } from "../weight-plan.js";
import type { Weights } from "./weights.js";

beforeAll(useWasm);

function lossOf(architecture: Architecture, weights: Weights) {
  const { featureWidth } = architecture;
  const history = padBatch([makeFeatures(4, featureWidth, 1), makeFeatures(1, featureWidth, 2)], featureWidth);
  const frames = padBatch([makeFeatures(3, featureWidth, 3), makeFeatures(5, featureWidth, 4)], featureWidth);
  const layers = layersOf(weights);
  const description = describeHistory(architecture, layers.embedding, layers.history, history.values, history.present);
  const scored = scoreCandidates(layers, description, frames.values, frames.present);
  const wanted = {
    right: tensor2d([0, 1, 1, 0, 0, 0, 0, 0, 1, 0], [2, 5]),
    category: tensor2d([1, 0, 0, 0, 0, 1], [2, 3]),
  };
  return trainingLoss(scored.probabilities, categoryLogits(layers.category, scored), wanted, 0.5);
}

describe.each([
  ["sequence with relation numbers", SMALL],
  ["literal, last state", SMALL_LITERAL],
])("the gradient of the loss, variant %s", (_, architecture) => {
  const weights = new Map<string, Tensor>();
  let variables: Map<string, Variable>;
  let gradients: Map<string, Float32Array>;

  beforeAll(() => {
    const model = makeSmallModel(architecture, 3);
    const learned = planWeights(architecture).filter(({ comesFrom }) => comesFrom !== "fitted");
    variables = new Map(
      learned.flatMap(({ name }) => {
        const weight = model.weights.get(name);
        return weight ? [[name, variable(weight)] as const] : [];
      }),
    );
    for (const [name, weight] of [...model.weights, ...variables]) weights.set(name, weight);
    const { grads } = variableGrads(() => lossOf(architecture, weights), [...variables.values()]);
    gradients = new Map(
      [...variables].map(([name, weight]) => [name, grads[weight.name]?.dataSync<"float32">() ?? new Float32Array()]),
    );
  });

  test("reaches every learned weight, and is finite", () => {
    for (const [name, gradient] of gradients) {
      expect(gradient.every(Number.isFinite), name).toBe(true);
      expect(
        gradient.some((g) => g !== 0),
        name,
      ).toBe(true);
    }
  });

  test("is the slope that small changes show", () => {
    const step = 0.01;
    for (const [name, weight] of variables) {
      const gradient = gradients.get(name) ?? new Float32Array();
      const norm = Math.hypot(...gradient);
      const before = weight.clone();
      const along = (sign: number) => {
        const moved = Float32Array.from(before.dataSync(), (x, i) => x + (sign * step * (gradient[i] ?? 0)) / norm);
        tidy(() => weight.assign(tensor(moved, weight.shape)));
        return tidy(() => lossOf(architecture, weights).dataSync()[0] ?? NaN);
      };
      const slope = (along(1) - along(-1)) / (2 * step);
      weight.assign(before);
      expect(Math.abs(slope - norm), `${name}: ${slope} against ${norm}`).toBeLessThan(0.05 * norm + 2e-4);
    }
  });
});

test("the probabilities of all right frames count together", () => {
  const probabilities = tensor2d([0.2, 0.3, 0.5], [1, 3]);
  const [entropy = NaN] = coverCrossEntropy(probabilities, tensor2d([1, 0, 1], [1, 3])).dataSync();
  expect(entropy).toBeCloseTo(-Math.log(0.7), 5);
});

test("a video whose category is not known adds nothing for it", () => {
  const probabilities = tensor2d([0.4, 0.6], [1, 2]);
  const right = tensor2d([1, 0], [1, 2]);
  const [loss = NaN] = trainingLoss(probabilities, tensor2d([5, -5], [1, 2]), {
    right,
    category: tensor2d([0, 0], [1, 2]),
  }).dataSync();
  expect(loss).toBeCloseTo(-Math.log(0.4), 5);
});
