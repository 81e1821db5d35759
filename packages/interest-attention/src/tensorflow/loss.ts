import {
  add,
  div,
  log,
  logSoftmax,
  mul,
  neg,
  sum,
  type Scalar,
  type Tensor1D,
  type Tensor2D,
} from "@tensorflow/tfjs-core";

/** What training wants of one batch. */
export interface Wanted {
  /** `[batch, frame]`: 1 for every frame that would be a right cover. */
  readonly right: Tensor2D;
  /** `[batch, category]`: 1 for the video's category; a row of zeros where it is not known. */
  readonly category: Tensor2D;
}

/** Weight of the category's part in the loss. */
export const CATEGORY_SHARE = 0.1;

/**
 * Claim 9: cover cross-entropy + lambda x category cross-entropy, averaged over the batch. Where several frames are
 * right, their probabilities count together: it does not matter which of them is chosen.
 *
 * @param lambda weight of the category's part
 */
export function trainingLoss(
  probabilities: Tensor2D,
  categories: Tensor2D,
  wanted: Wanted,
  lambda = CATEGORY_SHARE,
): Scalar {
  const cover = coverCrossEntropy(probabilities, wanted.right);
  const category = neg(sum(mul(logSoftmax(categories), wanted.category), 1));
  // A mean, spelt out: TensorFlow.js has no gradient for its own.
  return div(sum(add(cover, mul(category, lambda))), probabilities.shape[0]);
}

/** -log of the summed probability of all right frames. `[batch]` */
export function coverCrossEntropy(probabilities: Tensor2D, right: Tensor2D): Tensor1D {
  return neg(log(add(sum(mul(probabilities, right), 1), 1e-9)));
}
