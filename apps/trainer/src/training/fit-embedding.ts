import { disposeWeights, initialiseWeights, type Architecture, type Weights } from "@facet/interest-attention";
import { tensor } from "@tensorflow/tfjs-core";
import { applyLdaMetric, fitLdaMetric, type InterestFeatures, type LdaMetric } from "../methods/fit-lda-metric.js";
import { RECIPE } from "./recipe.js";

/** The metric's leading directions, scaled so that a picture's usual length in its space is 1. */
export function fitEmbedding(interests: readonly InterestFeatures[]): LdaMetric {
  const { mean, directions } = fitLdaMetric(interests, RECIPE.shrinkage);
  const kept = { mean, directions: directions.slice(0, RECIPE.embeddingWidth) };
  const scale = 1 / usualLength(kept, interests);
  return { mean, directions: kept.directions.map((direction) => direction.map((x) => x * scale)) };
}

/** Fresh weights whose embedding is the fitted metric. */
export function initialiseWithMetric(architecture: Architecture, metric: LdaMetric, seed: number): Weights {
  const weights = initialiseWeights(architecture, seed);
  const { featureWidth, embeddingWidth } = architecture;
  const columns = new Float32Array(featureWidth * embeddingWidth);
  metric.directions.forEach((direction, d) => {
    direction.forEach((x, row) => (columns[row * embeddingWidth + d] = x));
  });
  const fitted = new Map([
    ["embedding/mean", tensor(metric.mean)],
    ["embedding/metric", tensor(columns, [featureWidth, embeddingWidth])],
  ]);
  disposeWeights(new Map([...weights].filter(([name]) => fitted.has(name))));
  return new Map([...weights, ...fitted]);
}

function usualLength(metric: LdaMetric, interests: readonly InterestFeatures[]): number {
  let sum = 0;
  let total = 0;
  for (const { features, weight } of interests) {
    for (const feature of features) {
      sum += weight * Math.hypot(...applyLdaMetric(metric, feature));
      total += weight;
    }
  }
  return total > 0 && sum > 0 ? sum / total : 1;
}
