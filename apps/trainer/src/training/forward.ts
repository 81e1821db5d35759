import {
  categoryLogits,
  describeHistory,
  layersOf,
  scoreCandidates,
  trainingLoss,
  type Architecture,
  type Scored,
  type TrainingNoise,
  type Weights,
} from "@facet/interest-attention";
import { dropout, tensor3d, type Scalar, type Tensor3D } from "@tensorflow/tfjs-core";
import type { Random } from "../random.js";
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

/** Claim 9: what training makes smaller. */
export function lossOf(
  architecture: Architecture,
  weights: Weights,
  batch: TrainingBatch,
  noise?: TrainingNoise,
): Scalar {
  const scored = scoreBatch(architecture, weights, batch, noise);
  return trainingLoss(scored.probabilities, categoryLogits(layersOf(weights).category, scored), batch.wanted);
}

/** Dropout, and for each episode some directions of the metric that it must do without. */
export function drawNoise(random: Random, batch: number, embeddingWidth: number): TrainingNoise {
  const kept = Float32Array.from({ length: batch * embeddingWidth }, () =>
    random.fraction() < RECIPE.directionsMasked ? 0 : 1,
  );
  return {
    directionsKept: tensor3d(kept, [batch, 1, embeddingWidth]),
    drop: (output) => dropout(output, RECIPE.dropout, undefined, random.below(2 ** 31)) as Tensor3D,
  };
}
