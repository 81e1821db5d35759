import type { Value } from "@facet/onnx-graph";
import type { ScorerMath } from "./scorer-math.js";

/** As `Embedded`, in values of a graph. */
export interface EmbeddedNodes {
  readonly centred: Value;
  readonly directions: Value;
  readonly logLength: Value;
}

/** See `embed`. */
export function embed(math: ScorerMath, features: Value, present: Value, kindMean: Value): EmbeddedNodes {
  const centred = math.sub(features, math.expand(kindMean, 1));
  const measured = math.multiply(centred, math.weight("embedding/metric"));
  const bent = math.has("embedding/down")
    ? math.add(
        measured,
        math.multiply(math.multiply(measured, math.weight("embedding/down")), math.weight("embedding/up")),
      )
    : measured;
  return {
    centred,
    directions: math.mul(math.toUnitLength(bent), math.expand(present, 2)),
    logLength: math.mul(math.log(math.add(math.sum(math.mul(measured, measured), -1), 1e-6)), math.mul(present, 0.5)),
  };
}

/** See `findKindMean`. */
export function findKindMean(math: ScorerMath, features: Value, present: Value): Value {
  const means = math.weight("embedding/means");
  const total = math.sum(math.mul(features, math.expand(present, 2)), 1);
  const middle = math.div(total, math.maximum(math.sum(present, 1, "keep"), 1));
  return math.gather(means, nearestKind(math, middle));
}

/** See `nearestKind`. `[batch]` */
export function nearestKind(math: ScorerMath, points: Value): Value {
  const means = math.weight("embedding/means");
  const products = math.multiply(points, math.transpose(means, [1, 0]));
  const distance = math.sub(math.sum(math.mul(means, means), 1), math.mul(products, 2)); // [batch, kind]
  return math.graph.apply("ArgMin", [distance], { axis: { int: 1 }, keepdims: { int: 0 } });
}
