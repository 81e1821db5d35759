import type { Value } from "@facet/onnx-graph";
import type { ScorerMath } from "./scorer-math.js";

/** See `cosines`. */
export function cosines(math: ScorerMath, left: Value, right: Value): Value {
  return math.multiply(left, math.flip(right));
}

/** See `cosineWithNeighbour`. */
export function cosineWithNeighbour(math: ScorerMath, directions: Value, which: "previous" | "next"): Value {
  return math.sum(math.mul(directions, math.shiftSteps(directions, which === "previous" ? "later" : "earlier")), -1);
}

/** See `pairsPresent`. */
export function pairsPresent(math: ScorerMath, present: Value): Value {
  const both = math.mul(math.expand(present, 2), math.expand(present, 1));
  return math.mul(both, math.minimum(stepsApart(math, present), 1));
}

/** See `steady`. @param by name of the weight */
export function steady(math: ScorerMath, by: string, directions: Value, pairs: Value, present: Value): Value {
  const [sharpness, forgetting] = [0, 1].map((place) => math.exp(math.slice(math.weight(by), 0, place, place + 1)));
  const nearness = math.sub(math.mul(pairs, sharpness ?? 1), math.mul(stepsApart(math, present), forgetting ?? 1));
  const shares = math.softmaxWhere(math.expand(present, 1), nearness);
  return math.mul(math.toUnitLength(math.multiply(shares, directions)), math.expand(present, 2));
}

/** See `meanOverOthers`. */
export function meanOverOthers(math: ScorerMath, similarities: Value, pairs: Value): Value {
  return math.div(math.sum(math.mul(similarities, pairs), 2), math.add(math.sum(pairs, 2), 1e-6));
}

/** See `stepsAfter`. */
export function stepsAfter(math: ScorerMath, present: Value): Value {
  const last = math.sub(math.sum(present, 1, "keep"), 1);
  return math.mul(math.sub(last, math.places(present)), present);
}

/** `[step, step]` */
function stepsApart(math: ScorerMath, present: Value): Value {
  const places = math.places(present);
  return math.graph.apply("Abs", [math.sub(math.expand(places, 1), math.expand(places, 0))]);
}
