import { add, log, mul, reshape, sub, sum, type Tensor1D, type Tensor2D, type Tensor3D } from "@tensorflow/tfjs-core";
import { project, toUnitLength } from "./tensor-math.js";

/** The space in which pictures are compared: a fitted metric, and what training adds to it. */
export interface EmbeddingLayer {
  /** `[feature]`: the mean of the features that the metric was fitted on. */
  readonly mean: Tensor1D;
  /** `[feature, embedding]`: directions in which interests differ, each weighed by how far they differ. */
  readonly metric: Tensor2D;
  /** `[embedding, rank]` and `[rank, embedding]`: what training adds; nothing at first. Absent where the rank is 0. */
  readonly residual?: { readonly down: Tensor2D; readonly up: Tensor2D };
}

export interface Embedded {
  /** `[batch, image, embedding]`: unit vectors; 0 where padded. */
  readonly directions: Tensor3D;
  /** `[batch, image]`: log of the length before it was made 1. A blurred or dark picture's is short. */
  readonly logLength: Tensor2D;
}

/**
 * Places encoded pictures in the space where pictures of one interest are near each other.
 *
 * @param features  [batch, image, feature]
 * @param present   [batch, image]
 * @param directionsKept [batch, 1, embedding]  training only: 0 for the directions that it must do without
 */
export function embed(
  layer: EmbeddingLayer,
  features: Tensor3D,
  present: Tensor2D,
  directionsKept?: Tensor3D,
): Embedded {
  const measured = project(sub(features, layer.mean), layer.metric); // [batch, image, embedding]
  const { residual } = layer;
  const bent = residual ? add(measured, project(project(measured, residual.down), residual.up)) : measured;
  const kept = directionsKept ? mul<Tensor3D>(bent, directionsKept) : bent;
  return {
    directions: mul(toUnitLength(kept), reshape(present, [...present.shape, 1])),
    logLength: mul(log(add(sum(mul(measured, measured), -1), 1e-6)), mul(present, 0.5)),
  };
}
