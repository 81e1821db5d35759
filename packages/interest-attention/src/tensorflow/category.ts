import { add, expandDims, squeeze, type Tensor1D, type Tensor2D } from "@tensorflow/tfjs-core";
import type { Covers } from "./cover-probability.js";
import { multiply } from "./tensor-math.js";

/** The second fully connected layer (claim 9). */
export interface CategoryLayer {
  /** `[embedding + 1, category]` */
  readonly w2: Tensor2D;
  /** `[category]` */
  readonly b2: Tensor1D;
}

/**
 * What the video is about, as far as its probable covers show it: the interest-point features, each as much as its
 * frame is probable, through the second fully connected layer. The softmax is a part of the loss.
 *
 * @returns [batch, category]  logits
 */
export function categoryLogits(layer: CategoryLayer, { interestPoints, probabilities }: Covers): Tensor2D {
  const pooled = squeeze(multiply(expandDims(probabilities, 1), interestPoints), [1]); // [batch, embedding + 1]
  return add(multiply(pooled as Tensor2D, layer.w2), layer.b2);
}
