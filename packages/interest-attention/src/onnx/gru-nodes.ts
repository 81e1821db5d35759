import type { Value } from "@facet/onnx-graph";
import type { WeightNumbers } from "../model-files.js";
import type { ScorerMath } from "./scorer-math.js";

export interface ReadBothWays {
  /** `[batch, step, 2 x units]`: forward state, then backward state; 0 where padded. */
  readonly states: Value;
  /** `[batch, 2 x units]`: where both ways ended. */
  readonly last: Value;
}

/**
 * A bidirectional gated recurrent unit. ONNX' own is the same unit (the reset gate acts before the recurrent product, gates
 * in the order update, reset, candidate); it wants every kernel with the gates first.
 *
 * @param steps   [batch, step, width]
 * @param present [batch, step]
 */
export function readBothWays(math: ScorerMath, unit: string, steps: Value, present: Value): ReadBothWays {
  const { graph } = math;
  const units = math.numbers(`${unit}/recurrentKernel`).shape[1] ?? 0;
  const lengths = graph.apply("Cast", [math.sum(present, 1)], { to: { int: 6 } });
  const [states = steps, last = steps] = graph.applyMany(
    "GRU",
    [
      math.transpose(steps, [1, 0, 2]),
      gatesFirst(math, `${unit}/inputKernel`),
      gatesFirst(math, `${unit}/recurrentKernel`),
      biases(math, `${unit}/bias`),
      lengths,
    ],
    2,
    { direction: { word: "bidirectional" }, hidden_size: { int: units }, linear_before_reset: { int: 0 } },
  ); // [step, way, batch, units], [way, batch, units]
  const joined = math.reshape(math.transpose(states, [2, 0, 1, 3]), [0, 0, -1]);
  return {
    states: math.mul(joined, math.expand(present, 2)),
    last: math.reshape(math.transpose(last, [1, 0, 2]), [0, -1]),
  };
}

/** `[way, in, 3 x units]` to `[way, 3 x units, in]`. */
function gatesFirst(math: ScorerMath, name: string): Value {
  const { numbers, shape } = math.numbers(name);
  const [ways = 2, inputs = 0, gates = 0] = shape;
  const turned = new Float32Array(numbers.length);
  for (let way = 0; way < ways; way++) {
    for (let i = 0; i < inputs; i++) {
      for (let gate = 0; gate < gates; gate++) {
        turned[(way * gates + gate) * inputs + i] = numbers[(way * inputs + i) * gates + gate] ?? 0;
      }
    }
  }
  return math.graph.floats(turned, [ways, gates, inputs]);
}

/** ONNX has a second bias, of the recurrent product; ours has none. `[way, 6 x units]` */
function biases(math: ScorerMath, name: string): Value {
  const { numbers, shape }: WeightNumbers = math.numbers(name);
  const gates = shape[2] ?? 0;
  const both = new Float32Array(4 * gates);
  both.set(numbers.subarray(0, gates), 0);
  both.set(numbers.subarray(gates), 2 * gates);
  return math.graph.floats(both, [2, 2 * gates]);
}
