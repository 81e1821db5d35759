import { concat, expandDims, mul, ones, tanh, tidy, type Tensor2D, type Tensor3D } from "@tensorflow/tfjs-core";
import { lacks, type Architecture } from "../architecture.js";
import { lastStates, readBothWays, type BidirectionalGru } from "./bidirectional-gru.js";
import { embed, findKindMean, type EmbeddingLayer } from "./embedding.js";
import { relateLikedImages } from "./liked-image-relations.js";
import { cosines } from "./similarities.js";
import { project } from "./tensor-math.js";
import { undisturbed, type TrainingNoise } from "./training-noise.js";

/** The history side of claim 5. */
export interface DescriptionLayer {
  /** `[embedding, projection]` */
  readonly projection: Tensor2D;
  /** Absent only in an ablation. */
  readonly secondGru?: BidirectionalGru;
}

/** What is known of viewers' interests, as tensors. */
export interface DescriptionTensors {
  /**
   * `[batch, state, width]`: the second recurrent unit's states, one per liked image (or only where it ended), with its
   * inputs where it carries them.
   */
  readonly states: Tensor3D;
  /** `[batch, state]`: 1 for a state, 0 for padding. */
  readonly present: Tensor2D;
  /** `[batch, feature]`: the mean of the kind of picture that the likes are of; frames are compared beside the same one. */
  readonly kindMean: Tensor2D;
  /** `[batch, state, embedding]`: the embedding that each state carries; absent where the description is a last state. */
  readonly directions?: Tensor3D;
}

/**
 * The history interest description. Claim 5: features of the liked images go through a second bidirectional recurrent
 * unit in time order; its states are the description.
 *
 * @param features [batch, like, feature]  liked images, oldest first
 * @param present  [batch, like]
 */
export function describeHistory(
  architecture: Architecture,
  embedding: EmbeddingLayer,
  layer: DescriptionLayer,
  features: Tensor3D,
  present: Tensor2D,
  noise: TrainingNoise = undisturbed,
): DescriptionTensors {
  const kindMean = findKindMean(embedding, features, present);
  const { directions } = embed(embedding, features, present, kindMean, noise.directionsKept);
  const steps = likedImageSteps(architecture, layer, directions, present, noise); // [batch, like, width]
  if (!layer.secondGru) return { states: steps, present, kindMean, directions };
  const read = noise.drop(readBothWays(layer.secondGru, steps, present)); //          [batch, like, 2 x units]
  if (architecture.description === "lastState") {
    const last = lastStates(read, present);
    return { states: expandDims(last, 1), present: ones([last.shape[0], 1]), kindMean };
  }
  return { states: architecture.carriesInputs ? concat([read, steps], 2) : read, present, kindMean, directions };
}

/** What stands at each step of the second recurrent unit: the projected embedding, and how the like stands to the others. */
function likedImageSteps(
  architecture: Architecture,
  layer: DescriptionLayer,
  directions: Tensor3D,
  present: Tensor2D,
  noise: TrainingNoise,
): Tensor3D {
  return tidy(() => {
    const projected: Tensor3D = mul(noise.drop(tanh(project(directions, layer.projection))), expandDims(present, 2));
    if (architecture.relations === "none") return projected;
    const recency = lacks(architecture, "recency") ? "unknown" : "known";
    return concat([projected, relateLikedImages(directions, cosines(directions, directions), present, recency)], 2);
  });
}
