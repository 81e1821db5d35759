import {
  add,
  div,
  exp,
  expandDims,
  log,
  max,
  minimum,
  mul,
  sub,
  sum,
  zerosLike,
  type Tensor3D,
  type Tensor2D,
} from "@tensorflow/tfjs-core";
import { RECENCY_FADES_IN, SOFT_TOP_SHARPNESS, USUAL_LOG_LIKES } from "../recipe.js";
import { cosineWithNeighbour, countPresent, meanOverOthers, pairsPresent, stepsAfter } from "./similarities.js";
import { stackNumbers } from "./tensor-math.js";

/**
 * How each liked image stands to the others: what belongs to an interest resembles several of them, what was liked by
 * chance resembles none, and what came last counts differently from what came first.
 *
 * @param directions   [batch, like, embedding]
 * @param similarities [batch, like, like]       their cosines
 * @param recency      "unknown" leaves the numbers on recency 0
 * @returns            [batch, like, 8]          mean, top and soft top similarity to the others; similarity to the previous and
 *                                               the next; recency on two scales; number of likes
 */
export function relateLikedImages(
  directions: Tensor3D,
  similarities: Tensor3D,
  present: Tensor2D,
  recency: "known" | "unknown" = "known",
): Tensor3D {
  const pairs = pairsPresent(present); // [batch, like, like]
  const hasOthers = minimum(sum(pairs, 2), 1); // [batch, like]
  const top = max(add(mul(similarities, pairs), mul(sub(pairs, 1), 2)), 2);
  const exponentials = mul(exp(mul(similarities, SOFT_TOP_SHARPNESS)), pairs);
  const meanExponential = div(sum(exponentials, 2), add(sum(pairs, 2), 1e-6));
  const softTop = div(log(add(meanExponential, 1e-6)), SOFT_TOP_SHARPNESS);
  const after = stepsAfter(present);
  const count = div(log(countPresent(present)), USUAL_LOG_LIKES); // [batch, 1]
  const numbers = [
    meanOverOthers(similarities, pairs),
    mul(top, hasOthers),
    mul(softTop, hasOthers),
    cosineWithNeighbour(directions, "previous"),
    cosineWithNeighbour(directions, "next"),
    ...(recency === "known" ? recencyOf(after) : [zerosLike(after), zerosLike(after)]),
    mul(count, present),
  ];
  return mul(stackNumbers(numbers), expandDims(present, 2));
}

/** @param after [batch, like]  images liked since */
function recencyOf(after: Tensor2D): Tensor2D[] {
  return [exp(div(after, -RECENCY_FADES_IN)), div(log(add(after, 1)), USUAL_LOG_LIKES)];
}
