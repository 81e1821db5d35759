import { ABLATIONS, defineArchitecture, defineLiteralArchitecture, type Architecture } from "./architecture.js";
import { describeModel } from "./model-description.js";
import { InterestAttentionScorer } from "./scorer.js";
import type { Model } from "./tensorflow/model.js";
import { TensorflowScorer } from "./tensorflow/tensorflow-scorer.js";
import { planWeights } from "./weight-plan.js";
import { initialiseWeights } from "./tensorflow/weights.js";
import { add, randomNormal } from "@tensorflow/tfjs-core";

const SIZES = {
  featureWidth: 24,
  pictureKinds: 2,
  embeddingWidth: 12,
  residualRank: 3,
  projectionWidth: 6,
  appearanceWidth: 4,
  units: 5,
  categories: 3,
};

export const SMALL: Architecture = defineArchitecture(SIZES);
export const SMALL_WITHOUT = ABLATIONS.map(
  (part) => [part, defineArchitecture({ ...SIZES, without: [part] })] as const,
);
export const SMALL_LITERAL: Architecture = defineLiteralArchitecture({ ...SIZES, appearanceWidth: 0 });

/** A model in memory, every weight of which is disturbed, so that no part of it is without effect. */
export function makeSmallModel(architecture: Architecture, seed: number): Model {
  const weights = new Map(
    [...initialiseWeights(architecture, seed)].map(([name, weight], place) => [
      name,
      add(weight, randomNormal(weight.shape, 0, 0.2, "float32", seed * 77 + place)),
    ]),
  );
  const facts = {
    encoderVersion: "test",
    architecture,
    categories: Array.from({ length: architecture.categories }, (_, i) => `category ${i}`),
  };
  return { description: describeModel(facts, planWeights(architecture), new Uint8Array([seed])), weights };
}

/** The same, ready to score. */
export function makeSmallScorer(architecture: Architecture, seed: number): InterestAttentionScorer {
  const model = makeSmallModel(architecture, seed);
  const engine = { name: "tensorflow.js", skipped: [] };
  return new InterestAttentionScorer(engine, model.description, new TensorflowScorer(model));
}
