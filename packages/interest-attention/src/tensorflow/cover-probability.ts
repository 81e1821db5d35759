import {
  add,
  leakyRelu,
  mul,
  concat,
  ones,
  expandDims,
  squeeze,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
} from "@tensorflow/tfjs-core";
import { RAMP_SLOPE } from "../recipe.js";
import { project, softmaxWhere } from "./tensor-math.js";

/** The first fully connected layer: shared by all frames, one logit each, so that their number may differ from video to video. */
export interface CoverLayer {
  /** `[embedding + 1, 1]` */
  readonly w1: Tensor2D;
  /** `[1]` */
  readonly b1: Tensor1D;
}

export interface Covers {
  /** `[batch, frame, embedding + 1]`: X. Claim 3: interest weight x feature. */
  readonly interestPoints: Tensor3D;
  /** `[batch, frame]`: Z = f(w1 X + b1) (claim 4). */
  readonly logits: Tensor2D;
  /** `[batch, frame]`: exp(z_j) / sum of exp(z_k); 0 where padded. The cover is the most probable frame. */
  readonly probabilities: Tensor2D;
}

/**
 * From weights to a cover: claims 3 and 4.
 *
 * @param weights    [batch, frame]             interest weights
 * @param directions [batch, frame, embedding]  the frames' features; a 1 is joined, so that the weight itself is a part of X
 * @param present    [batch, frame]
 */
export function coverProbabilities(
  layer: CoverLayer,
  weights: Tensor2D,
  directions: Tensor3D,
  present: Tensor2D,
): Covers {
  const withOne = concat([directions, ones([...weights.shape, 1])], 2);
  const interestPoints: Tensor3D = mul(expandDims(weights, 2), withOne); //      [batch, frame, embedding + 1]
  const connected: Tensor2D = add(squeeze<Tensor2D>(project(interestPoints, layer.w1), [2]), layer.b1); // [batch, frame]
  const logits: Tensor2D = leakyRelu(connected, RAMP_SLOPE);
  return { interestPoints, logits, probabilities: softmaxWhere(present, logits) };
}
