import {
  add,
  concat,
  div,
  exp,
  expandDims,
  log,
  max,
  mul,
  reshape,
  sub,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
} from "@tensorflow/tfjs-core";
import { USUAL_LOG_FRAMES } from "../recipe.js";
import type { Embedded } from "./embedding.js";
import {
  cosines,
  cosineWithNeighbour,
  countPresent,
  meanOverOthers,
  pairsPresent,
  steady,
  type Steadying,
} from "./similarities.js";
import { absence, logSumExpLast, stackNumbers } from "./tensor-math.js";

/** How frames are compared with each other and with the likes. */
export interface RelationLayer {
  /** `[head, 1]`: log of how much the best likes count above the others. 0: like a mean. */
  readonly logSharpness: Tensor2D;
  readonly steadyLikes: Steadying;
  readonly steadyFrames: Steadying;
}

export interface LikesToCompare {
  /** `[batch, like, embedding]` */
  readonly directions: Tensor3D;
  /** `[batch, like]` */
  readonly present: Tensor2D;
  /** `[batch, head, like]` */
  readonly logSalience: Tensor;
}

/**
 * How each frame stands to the likes and to the other frames.
 *
 * @returns [batch, frame, relations]  per head: similarity to the likes in three ways, and its gap to the best frame's;
 *                                     then similarity to the frames before, after and all; log length; number of frames
 */
export function relateFrames(
  layer: RelationLayer,
  frames: Embedded,
  present: Tensor2D,
  likes: LikesToCompare,
): Tensor3D {
  const { directions, logLength } = frames;
  const pairs = cosines(directions, directions); // [batch, frame, frame]
  const own = stackNumbers([
    cosineWithNeighbour(directions, "previous"),
    cosineWithNeighbour(directions, "next"),
    meanOverOthers(pairs, pairsPresent(present)),
    logLength,
    mul(div(log(countPresent(present)), USUAL_LOG_FRAMES), present),
  ]);

  const likedPairs = cosines(likes.directions, likes.directions);
  const steadyLikes = steady(layer.steadyLikes, likes.directions, likedPairs, likes.present);
  const steadyFrames = steady(layer.steadyFrames, directions, pairs, present);
  const compared = [
    similarityToLikes(layer, cosines(directions, likes.directions), likes),
    similarityToLikes(layer, cosines(directions, steadyLikes), likes),
    similarityToLikes(layer, cosines(steadyFrames, likes.directions), likes),
  ];
  const gaps = compared.map((similarity) => gapToBest(similarity, present));
  return mul(concat([...compared, ...gaps, own], 2), expandDims(present, 2));
}

/**
 * Log-sum-exp over the likes, each with its share: between the mean and the largest similarity.
 * `[batch, frame, like]` gives `[batch, frame, head]`.
 */
function similarityToLikes(layer: RelationLayer, similarities: Tensor3D, likes: LikesToCompare): Tensor3D {
  const sharpness = exp(layer.logSharpness); // [head, 1]
  const [batch, heads, count] = likes.logSalience.shape as [number, number, number];
  const shares = reshape(add(likes.logSalience, absence(expandDims(likes.present, 1))), [batch, 1, heads, count]);
  const logits = add(mul(expandDims(similarities, 2), sharpness), shares); // [batch, frame, head, like]
  return div(logSumExpLast(logits), reshape(sharpness, [heads]));
}

/** 0 for the frame of greatest similarity, negative for the others. `[batch, frame, head]` */
function gapToBest(similarity: Tensor3D, present: Tensor2D): Tensor3D {
  return sub(similarity, max(add(similarity, absence(expandDims(present, 2))), 1, true));
}
