import type { Architecture } from "@facet/interest-attention";
import {
  initialiseWeights,
  learnedCategories,
  planWeights,
  type Model,
  type Weights,
} from "@facet/interest-attention/training";
import { clone, dispose } from "@tensorflow/tfjs-core";
import { beginCategoryHead } from "./begin-category-head.js";
import { initialiseWithMetric, type FittedEmbedding } from "./fit-embedding.js";
import type { Variant } from "./variants.js";

/** Where training starts. */
export interface StartingPoint {
  readonly architecture: Architecture;
  /** What the second fully connected layer tells apart, in its order. */
  readonly categories: readonly string[];
  /** Further ones that the model was trained on that training goes on from. */
  readonly learnedBefore: readonly string[];
  /** Of the recipe's learning rate. */
  readonly rateShare: number;
  /** New tensors at each call. */
  readonly weightsFor: (seed: number) => Weights;
}

/** Weights that were trained before are moved less, or a small platform's data would make them forget. */
const RATE_SHARE_FROM_MODEL = 0.1;

/** What training is to tell apart. */
export interface NamedCategory {
  readonly name: string;
  /** Features of pictures that show it. */
  readonly pictures: readonly Float32Array[];
}

/**
 * Fresh weights over a metric that was fitted on the training interests.
 *
 * @param head how the category layer begins: at random, or where the categories' pictures are
 */
export function startFromMetric(
  variant: Variant,
  metric: FittedEmbedding,
  featureWidth: number,
  named: readonly NamedCategory[],
  head: "random" | "pictures",
): StartingPoint {
  const categories = named.map(({ name }) => name);
  const architecture = variant.define({
    featureWidth,
    pictureKinds: metric.means.length,
    embeddingWidth: metric.directions.length,
    categories: categories.length,
  });
  const weightsFor = (seed: number) => {
    const weights = initialiseWithMetric(architecture, metric, seed);
    return head === "pictures" ? beginCategoryHead(weights, picturesOf(named)) : weights;
  };
  return { architecture, categories, learnedBefore: [], rateShare: 1, weightsFor };
}

/**
 * A model's weights and metric. Its category layer stays only where the categories do, and begins anew where their
 * pictures are; where the groups name none, it keeps its own.
 *
 * @param model stays the caller's
 */
export function startFromModel({ description, weights }: Model, named: readonly NamedCategory[]): StartingPoint {
  const categories = named.length > 0 ? named.map(({ name }) => name) : description.categories;
  const architecture = { ...description.architecture, categories: categories.length };
  const isSame = categories.join("\n") === description.categories.join("\n");
  const stays = (name: string) => isSame || !name.startsWith("category/");
  const isToldApart = new Set(categories);
  return {
    architecture,
    categories,
    learnedBefore: learnedCategories(description).filter((name) => !isToldApart.has(name)),
    rateShare: RATE_SHARE_FROM_MODEL,
    weightsFor: (seed) => {
      const fresh = initialiseWeights(architecture, seed);
      const started = new Map(
        planWeights(architecture).flatMap(({ name }) => {
          const [begun, trained] = [fresh.get(name), weights.get(name)];
          if (!begun || !trained || !stays(name)) return begun ? [[name, begun] as const] : [];
          dispose(begun);
          return [[name, clone(trained)] as const];
        }),
      );
      return isSame ? started : beginCategoryHead(started, picturesOf(named));
    },
  };
}

function picturesOf(named: readonly NamedCategory[]): (readonly Float32Array[])[] {
  return named.map(({ pictures }) => pictures);
}
