import type { Architecture } from "@facet/interest-attention";
import {
  categoryLogits,
  describeHistory,
  layersOf,
  scoreCandidates,
  trainingLoss,
  type Scored,
  type TrainingNoise,
  type Weights,
} from "@facet/interest-attention/training";
import {
  div,
  dropout,
  logSoftmax,
  mul,
  neg,
  sum,
  tensor3d,
  type Scalar,
  type Tensor2D,
  type Tensor3D,
} from "@tensorflow/tfjs-core";
import { seededRandom } from "../random.js";
import type { Labels } from "./labels.js";
import { RECIPE } from "./recipe.js";
import type { TrainingBatch } from "./training-batch.js";

/** The whole method on a batch: history to description, description and frames to covers. */
export function scoreBatch(
  architecture: Architecture,
  weights: Weights,
  { history, frames }: TrainingBatch,
  noise?: TrainingNoise,
): Scored {
  const layers = layersOf(weights);
  const description = describeHistory(
    architecture,
    layers.embedding,
    layers.history,
    history.values,
    history.present,
    noise,
  );
  return scoreCandidates(layers, description, frames.values, frames.present, noise);
}

/**
 * Claim 9: what training makes smaller. From categories alone the interest weights learn through the category head: it
 * sees nothing but the interest-point features of probable covers, so the video's category can be told only as far as
 * the frames that show it are the probable ones; and which ones do, among all that the video shows, the likes say.
 */
export function lossOf(
  architecture: Architecture,
  weights: Weights,
  batch: TrainingBatch,
  labels: Labels,
  noise?: TrainingNoise,
): Scalar {
  const scored = scoreBatch(architecture, weights, batch, noise);
  const categories = categoryLogits(layersOf(weights).category, scored);
  return labels.kind === "cover"
    ? trainingLoss(scored.probabilities, categories, batch.wanted, labels.lambda)
    : categoryCrossEntropy(categories, batch.wanted.category);
}

function categoryCrossEntropy(logits: Tensor2D, category: Tensor2D): Scalar {
  // A mean, spelt out: TensorFlow.js has no gradient for its own.
  return div(neg(sum(mul(logSoftmax(logits), category))), logits.shape[0]);
}

/**
 * Dropout, and for each group some directions of the metric that it must do without. Every step has chance of its own,
 * so that training can go on from any step.
 */
export function drawNoise(seed: number, step: number, batch: number, embeddingWidth: number): TrainingNoise {
  const random = seededRandom(seed, "training noise", step);
  const kept = Float32Array.from({ length: batch * embeddingWidth }, () =>
    random.fraction() < RECIPE.directionsMasked ? 0 : 1,
  );
  return {
    directionsKept: tensor3d(kept, [batch, 1, embeddingWidth]),
    drop: (output) => dropout(output, RECIPE.dropout, undefined, random.below(2 ** 31)) as Tensor3D,
  };
}
