import {
  add,
  argMin,
  div,
  expandDims,
  gather,
  log,
  maximum,
  mul,
  reshape,
  sub,
  sum,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
} from "@tensorflow/tfjs-core";
import { countPresent } from "./similarities.js";
import { flip, multiply, project, toUnitLength } from "./tensor-math.js";

/** The space in which pictures are compared: a fitted metric, and what training adds to it. */
export interface EmbeddingLayer {
  /** `[kind, feature]`: the mean of each kind of picture that the metric was fitted on. */
  readonly means: Tensor2D;
  /** `[feature, embedding]`: directions in which interests differ, each weighed by how far they differ. */
  readonly metric: Tensor2D;
  /** `[embedding, rank]` and `[rank, embedding]`: what training adds; nothing at first. Absent where the rank is 0. */
  readonly residual?: { readonly down: Tensor2D; readonly up: Tensor2D };
}

export interface Embedded {
  /** `[batch, image, feature]`: what an image's feature has beyond the mean of its kind. */
  readonly centred: Tensor3D;
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
 * @param kindMean  [batch, feature]  what is taken off: see `findKindMean`
 * @param directionsKept [batch, 1, embedding]  training only: 0 for the directions that it must do without
 */
export function embed(
  layer: EmbeddingLayer,
  features: Tensor3D,
  present: Tensor2D,
  kindMean: Tensor2D,
  directionsKept?: Tensor3D,
): Embedded {
  const centred: Tensor3D = sub(features, expandDims(kindMean, 1));
  const measured = project(centred, layer.metric); // [batch, image, embedding]
  const { residual } = layer;
  const bent = residual ? add(measured, project(project(measured, residual.down), residual.up)) : measured;
  const kept = directionsKept ? mul<Tensor3D>(bent, directionsKept) : bent;
  return {
    centred,
    directions: mul(toUnitLength(kept), reshape(present, [...present.shape, 1])),
    logLength: mul(log(add(sum(mul(measured, measured), -1), 1e-6)), mul(present, 0.5)),
  };
}

/**
 * The mean that lies nearest to the middle of a viewer's liked images: they are taken to be of one kind of picture. The
 * candidate frames are held against the likes, so the same mean is taken off both: what sets two kinds apart would
 * otherwise count as a difference of interests.
 *
 * @param features [batch, like, feature]
 * @param present  [batch, like]
 * @returns        [batch, feature]
 */
export function findKindMean(layer: EmbeddingLayer, features: Tensor3D, present: Tensor2D): Tensor2D {
  const total = sum<Tensor2D>(mul(features, expandDims(present, 2)), 1);
  const middle: Tensor2D = div(total, maximum(countPresent(present), 1));
  return gather(layer.means, nearestKind(layer, middle));
}

/**
 * Number of the kind whose mean lies nearest.
 *
 * @param points [batch, feature]
 * @returns      [batch]
 */
export function nearestKind({ means }: EmbeddingLayer, points: Tensor2D): Tensor1D {
  // |point - mean|² less |point|², which is the same for every kind.
  return argMin(sub(sum(mul(means, means), 1), mul(multiply(points, flip(means)), 2)), 1);
}
