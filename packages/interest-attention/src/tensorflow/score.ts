import type { Tensor1D, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import { coverProbabilities, type Covers } from "./cover-probability.js";
import { embed, nearestKind } from "./embedding.js";
import type { DescriptionTensors } from "./history-interest-description.js";
import { interestWeights, readDescriptionAndFrames, type FirstUnitOutputs } from "./interest-weight.js";
import type { Layers } from "./layers.js";
import type { TrainingNoise } from "./training-noise.js";

/** What a batch of requests comes to. */
export interface Scored extends Covers {
  /** `[batch, frame]` */
  readonly weights: Tensor2D;
  /** `[batch]`: number of the kind of picture that the likes are of. */
  readonly kind: Tensor1D;
  /** Of the first recurrent unit: all that the weights are made from. */
  readonly outputs: FirstUnitOutputs;
}

/**
 * The candidate side of the method: embedding, interest weight (claim 2), weight x feature, first fully connected layer
 * and softmax (claims 3 and 4). Call it inside `tidy`.
 *
 * @param description one per request
 * @param features    [batch, frame, feature]  candidate frames in the video's order
 * @param present     [batch, frame]           1 for a frame, 0 for padding, which must come last
 */
export function scoreCandidates(
  layers: Layers,
  description: DescriptionTensors,
  features: Tensor3D,
  present: Tensor2D,
  noise?: TrainingNoise,
): Scored {
  const frames = embed(layers.embedding, features, present, description.kindMean, noise?.directionsKept);
  const outputs = readDescriptionAndFrames(layers.interest, description, frames, present, noise);
  const kind = nearestKind(layers.embedding, description.kindMean);
  const weights = interestWeights(layers.interest.coincidence, outputs, present, kind);
  return { weights, kind, outputs, ...coverProbabilities(layers.cover, weights, frames.directions, present) };
}
