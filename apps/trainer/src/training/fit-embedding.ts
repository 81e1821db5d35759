import type { Architecture } from "@facet/interest-attention";
import { disposeWeights, initialiseWeights, type Weights } from "@facet/interest-attention/training";
import { tensor } from "@tensorflow/tfjs-core";
import { applyLdaMetric, fitLdaMetric } from "../methods/fit-lda-metric.js";
import type { InterestFeatures } from "../methods/interest-features.js";
import { meansOfKinds, nearestMean } from "../methods/kind-means.js";
import { RECIPE } from "./recipe.js";

/** The space that a scorer begins with. */
export interface FittedEmbedding {
  /** [kind][feature]: the mean of each kind of picture. */
  readonly means: readonly Float32Array[];
  /** [direction][feature]: the most telling direction first. */
  readonly directions: readonly Float32Array[];
}

/**
 * What all pictures of a few interests have in common is as much what they show as what kind they are of: of eight kinds
 * of animal it is the animal. A kind of so few interests is taken for the nearest other kind.
 */
const FEWEST_INTERESTS_OF_A_KIND = 20;

/** The kinds of picture that have interests enough for a mean of their own. */
export function kindsWithMeans(interests: readonly Pick<InterestFeatures, "kind">[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { kind = "" } of interests) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return new Set([...counts].flatMap(([kind, count]) => (count >= FEWEST_INTERESTS_OF_A_KIND ? [kind] : [])));
}

/**
 * The metric's leading directions, scaled so that a picture's usual length in its space is 1.
 *
 * @param ownMeans the kinds that get a mean of their own; where it is none of the interests', all share one
 */
export function fitEmbedding(
  interests: readonly InterestFeatures[],
  ownMeans = kindsWithMeans(interests),
): FittedEmbedding {
  const fitted = fitLdaMetric(interests, RECIPE.shrinkage).directions.slice(0, RECIPE.embeddingWidth);
  const means = meansToKeep(interests, ownMeans);
  const scale = 1 / usualLength(fitted, means, interests);
  return {
    means,
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

function meansToKeep(interests: readonly InterestFeatures[], ownMeans: ReadonlySet<string>): Float32Array[] {
  const large = [...meansOfKinds(interests)].filter(([kind]) => ownMeans.has(kind));
  const kept = large.length > 0 ? large : meansOfKinds(interests.map((interest) => ({ ...interest, kind: "all" })));
  return [...kept].map(([, mean]) => Float32Array.from(mean));
}

function usualLength(
  directions: readonly Float32Array[],
  means: readonly Float32Array[],
  interests: readonly InterestFeatures[],
): number {
  let sum = 0;
  let total = 0;
  for (const { features, weight } of interests) {
    const mean = nearestMean(means, features);
    for (const feature of features) {
      sum += weight * Math.hypot(...applyLdaMetric({ mean, directions }, feature));
      total += weight;
    }
  }
  return total > 0 && sum > 0 ? sum / total : 1;
}
