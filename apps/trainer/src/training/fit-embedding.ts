import { disposeWeights, initialiseWeights, type Architecture, type Weights } from "@facet/interest-attention";
import { tensor } from "@tensorflow/tfjs-core";
import { applyLdaMetric, fitLdaMetric } from "../methods/fit-lda-metric.js";
import type { InterestFeatures } from "../methods/interest-features.js";
import { meansOfKinds } from "../methods/kind-means.js";
import { RECIPE } from "./recipe.js";

/** The space that a scorer begins with. */
export interface FittedEmbedding {
  /** [kind][feature]: the mean of each kind of picture. */
  readonly means: readonly Float32Array[];
  /** [direction][feature]: the most telling direction first. */
  readonly directions: readonly Float32Array[];
}

/** The metric's leading directions, scaled so that a picture's usual length in its space is 1. */
export function fitEmbedding(interests: readonly InterestFeatures[]): FittedEmbedding {
  const fitted = fitLdaMetric(interests, RECIPE.shrinkage).directions.slice(0, RECIPE.embeddingWidth);
  const means = meansOfKinds(interests);
  const scale = 1 / usualLength(fitted, means, interests);
  return {
    means: [...means.values()].map((mean) => Float32Array.from(mean)),
    directions: fitted.map((direction) => direction.map((x) => x * scale)),
  };
}

/** Fresh weights whose embedding is the fitted one. */
export function initialiseWithMetric(
  architecture: Architecture,
  { means, directions }: FittedEmbedding,
  seed: number,
): Weights {
  const weights = initialiseWeights(architecture, seed);
  const { featureWidth, pictureKinds, embeddingWidth } = architecture;
  const columns = new Float32Array(featureWidth * embeddingWidth);
  directions.forEach((direction, d) => {
    direction.forEach((x, row) => (columns[row * embeddingWidth + d] = x));
  });
  const fitted = new Map([
    [
      "embedding/means",
      tensor(
        means.flatMap((mean) => [...mean]),
        [pictureKinds, featureWidth],
      ),
    ],
    ["embedding/metric", tensor(columns, [featureWidth, embeddingWidth])],
  ]);
  disposeWeights(new Map([...weights].filter(([name]) => fitted.has(name))));
  return new Map([...weights, ...fitted]);
}

function usualLength(
  directions: readonly Float32Array[],
  means: ReadonlyMap<string, Float64Array>,
  interests: readonly InterestFeatures[],
): number {
  let sum = 0;
  let total = 0;
  for (const { features, weight, kind = "" } of interests) {
    const mean = Float32Array.from(means.get(kind) ?? []);
    for (const feature of features) {
      sum += weight * Math.hypot(...applyLdaMetric({ mean, directions }, feature));
      total += weight;
    }
  }
  return total > 0 && sum > 0 ? sum / total : 1;
}
