import type { Value } from "@facet/onnx-graph";
import { RECENCY_FADES_IN, SOFT_TOP_SHARPNESS, USUAL_LOG_FRAMES, USUAL_LOG_LIKES } from "../recipe.js";
import type { EmbeddedNodes } from "./embedding-nodes.js";
import type { ScorerMath } from "./scorer-math.js";
import { cosines, cosineWithNeighbour, meanOverOthers, pairsPresent, steady, stepsAfter } from "./similarity-nodes.js";

/** See `relateLikedImages`. */
export function relateLikedImages(
  math: ScorerMath,
  directions: Value,
  present: Value,
  recency: "known" | "unknown",
): Value {
  const similarities = cosines(math, directions, directions);
  const pairs = pairsPresent(math, present);
  const hasOthers = math.minimum(math.sum(pairs, 2), 1);
  const top = math.max(math.add(math.mul(similarities, pairs), math.mul(math.sub(pairs, 1), 2)), 2);
  const exponentials = math.mul(math.exp(math.mul(similarities, SOFT_TOP_SHARPNESS)), pairs);
  const meanExponential = math.div(math.sum(exponentials, 2), math.add(math.sum(pairs, 2), 1e-6));
  const softTop = math.div(math.log(math.add(meanExponential, 1e-6)), SOFT_TOP_SHARPNESS);
  const count = math.div(math.log(math.sum(present, 1, "keep")), USUAL_LOG_LIKES);
  const numbers = [
    meanOverOthers(math, similarities, pairs),
    math.mul(top, hasOthers),
    math.mul(softTop, hasOthers),
    cosineWithNeighbour(math, directions, "previous"),
    cosineWithNeighbour(math, directions, "next"),
    ...recencyOf(math, stepsAfter(math, present), recency),
    math.mul(count, present),
  ];
  return math.mul(math.stackNumbers(numbers), math.expand(present, 2));
}

function recencyOf(math: ScorerMath, after: Value, recency: "known" | "unknown"): Value[] {
  if (recency === "unknown") return [math.mul(after, 0), math.mul(after, 0)];
  return [math.exp(math.div(after, -RECENCY_FADES_IN)), math.div(math.log(math.add(after, 1)), USUAL_LOG_LIKES)];
}

/** As `LikesToCompare`, in values of a graph. */
export interface LikeNodes {
  readonly directions: Value;
  readonly present: Value;
  readonly logSalience: Value;
}

/** See `relateFrames`. */
export function relateFrames(math: ScorerMath, frames: EmbeddedNodes, present: Value, likes: LikeNodes): Value {
  const { directions, logLength } = frames;
  const pairs = cosines(math, directions, directions);
  const own = math.stackNumbers([
    cosineWithNeighbour(math, directions, "previous"),
    cosineWithNeighbour(math, directions, "next"),
    meanOverOthers(math, pairs, pairsPresent(math, present)),
    logLength,
    math.mul(math.div(math.log(math.sum(present, 1, "keep")), USUAL_LOG_FRAMES), present),
  ]);
  const likedPairs = cosines(math, likes.directions, likes.directions);
  const steadyLikes = steady(math, "interest/steadyLikes", likes.directions, likedPairs, likes.present);
  const steadyFrames = steady(math, "interest/steadyFrames", directions, pairs, present);
  const compared = [
    similarityToLikes(math, cosines(math, directions, likes.directions), likes),
    similarityToLikes(math, cosines(math, directions, steadyLikes), likes),
    similarityToLikes(math, cosines(math, steadyFrames, likes.directions), likes),
  ];
  const here = math.expand(present, 2);
  const gaps = compared.map((similarity) =>
    math.sub(similarity, math.max(math.add(similarity, math.absence(here)), 1, "keep")),
  );
  return math.mul(math.concat([...compared, ...gaps, own], 2), here);
}

/** `[batch, frame, like]` gives `[batch, frame, head]`. */
function similarityToLikes(math: ScorerMath, similarities: Value, likes: LikeNodes): Value {
  const sharpness = math.exp(math.weight("interest/logSharpness")); // [head, 1]
  const shares = math.expand(math.add(likes.logSalience, math.absence(math.expand(likes.present, 1))), 1);
  const logits = math.add(math.mul(math.expand(similarities, 2), sharpness), shares); // [batch, frame, head, like]
  return math.div(math.logSumExpLast(logits), math.squeeze(sharpness, 1));
}
