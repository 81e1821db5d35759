import {
  abs,
  add,
  div,
  exp,
  expandDims,
  minimum,
  mul,
  range,
  reshape,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
} from "@tensorflow/tfjs-core";
import { flip, multiply, shiftSteps, softmaxWhere, toUnitLength } from "./tensor-math.js";

/** Cosines of all pairs: `[batch, a, embedding]` and `[batch, b, embedding]` give `[batch, a, b]`. */
export function cosines(left: Tensor3D, right: Tensor3D): Tensor3D {
  return multiply(left, flip(right));
}

/** Cosine of each unit vector with the one before or after it; 0 where there is none. `[batch, step]` */
export function cosineWithNeighbour(directions: Tensor3D, which: "previous" | "next"): Tensor2D {
  const neighbours = shiftSteps(directions, which === "previous" ? "later" : "earlier");
  return sum(mul(directions, neighbours), -1);
}

/** `[batch, step, step]`: 1 for two different steps that are both there. */
export function pairsPresent(present: Tensor2D): Tensor3D {
  const both: Tensor3D = mul(expandDims(present, 2), expandDims(present, 1));
  return sub(both, mul(both, sameStep(present.shape[1])));
}

/** How a picture is steadied: how alike and how near another must be to count. Each the log of a positive number. */
export interface Steadying {
  /** `[1]` */
  readonly logSharpness: Tensor1D;
  /** `[1]`: what a step of distance costs. */
  readonly logForgetting: Tensor1D;
}

/**
 * Each picture moved towards those of its own sequence that resemble it: what is peculiar to one picture cancels out,
 * what several share stays.
 *
 * @param directions [batch, step, embedding]
 * @param pairs      [batch, step, step]  cosines of the directions with each other
 * @returns          [batch, step, embedding]  unit vectors; 0 where padded
 */
export function steady(by: Steadying, directions: Tensor3D, pairs: Tensor3D, present: Tensor2D): Tensor3D {
  const nearness = sub(mul(pairs, exp(by.logSharpness)), mul(stepsApart(present.shape[1]), exp(by.logForgetting)));
  const shares = softmaxWhere(expandDims(present, 1), nearness) as Tensor3D; // [batch, step, step]
  return mul(toUnitLength(multiply(shares, directions)), expandDims(present, 2));
}

/** How many steps are there: `[batch, 1]` */
export function countPresent(present: Tensor2D): Tensor2D {
  return sum(present, 1, true);
}

function sameStep(count: number): Tensor {
  return sub(1, minimum(stepsApart(count), 1));
}

/** `[step, step]` */
function stepsApart(count: number): Tensor {
  const places = range(0, count, 1);
  return abs(sub(reshape(places, [count, 1]), reshape(places, [1, count])));
}

/** Number of steps that come after each: `[batch, step]`; 0 where padded. */
export function stepsAfter(present: Tensor2D): Tensor2D {
  const places = range(0, present.shape[1], 1);
  return mul(sub(sub(countPresent(present), 1), places), present);
}

/** Mean over the other steps: `[batch, step, step]` cosines and their pairs give `[batch, step]`. */
export function meanOverOthers(similarities: Tensor3D, pairs: Tensor3D): Tensor2D {
  return div(sum(mul(similarities, pairs), 2), add(sum(pairs, 2), 1e-6));
}
