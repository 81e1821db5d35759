import { ABLATIONS, defineArchitecture, defineLiteralArchitecture, type Architecture } from "./architecture.js";
import { describeModel } from "./model-description.js";
import type { Model } from "./model-files.js";
import { planWeights } from "./weight-plan.js";
import { initialiseWeights } from "./weights.js";
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
    temperature: 1,
  };
  return { description: describeModel(facts, planWeights(architecture), new Uint8Array([seed])), weights };
}
