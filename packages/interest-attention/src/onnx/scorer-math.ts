import type { OnnxGraph, Value } from "@facet/onnx-graph";
import { MissingWeightError } from "../errors.js";
import type { WeightNumbers } from "../model-files.js";

/** Of an axis: as far as there is anything. */
const TO_THE_END = 2 ** 31 - 1;
/** What padding gets before an exponential: exp(-1e9) is 0 in 32 bits. */
const NOWHERE = 1e9;
const SMALLEST_SQUARE = 1e-12;

type Operand = Value | number;

/** The operations that the scorer's formulas are written in, as operators of a graph; shapes as in `tensor-math`. */
export class ScorerMath {
  readonly #weights = new Map<string, Value>();

  constructor(
    readonly graph: OnnxGraph,
    private readonly weights: ReadonlyMap<string, WeightNumbers>,
  ) {}

  has(weight: string): boolean {
    return this.weights.has(weight);
  }

  numbers(weight: string): WeightNumbers {
    const found = this.weights.get(weight);
    if (!found) throw new MissingWeightError(weight);
    return found;
  }

  /** A weight as it is, kept once however often it is used. */
  weight(name: string): Value {
    const known = this.#weights.get(name);
    if (known !== undefined) return known;
    const { numbers, shape } = this.numbers(name);
    const made = this.graph.floats(numbers, shape);
    this.#weights.set(name, made);
    return made;
  }

  add = (a: Operand, b: Operand): Value => this.#binary("Add", a, b);
  sub = (a: Operand, b: Operand): Value => this.#binary("Sub", a, b);
  mul = (a: Operand, b: Operand): Value => this.#binary("Mul", a, b);
  div = (a: Operand, b: Operand): Value => this.#binary("Div", a, b);
  minimum = (a: Operand, b: Operand): Value => this.#binary("Min", a, b);
  maximum = (a: Operand, b: Operand): Value => this.#binary("Max", a, b);
  multiply = (a: Value, b: Value): Value => this.graph.apply("MatMul", [a, b]);
  exp = (a: Value): Value => this.graph.apply("Exp", [a]);
  log = (a: Value): Value => this.graph.apply("Log", [a]);
  tanh = (a: Value): Value => this.graph.apply("Tanh", [a]);

  sum(a: Value, axis: number, keep: "keep" | "drop" = "drop"): Value {
    return this.graph.apply("ReduceSum", [a, this.graph.ints([axis])], { keepdims: { int: keep === "keep" ? 1 : 0 } });
  }

  max(a: Value, axis: number, keep: "keep" | "drop" = "drop"): Value {
    return this.graph.apply("ReduceMax", [a], {
      axes: { ints: [axis] },
      keepdims: { int: keep === "keep" ? 1 : 0 },
    });
  }

  expand(a: Value, axis: number): Value {
    return this.graph.apply("Unsqueeze", [a, this.graph.ints([axis])]);
  }

  squeeze(a: Value, axis: number): Value {
    return this.graph.apply("Squeeze", [a, this.graph.ints([axis])]);
  }

  transpose(a: Value, order: readonly number[]): Value {
    return this.graph.apply("Transpose", [a], { perm: { ints: order } });
  }

  /** Swaps the last two of three axes. */
  flip(a: Value): Value {
    return this.transpose(a, [0, 2, 1]);
  }

  concat(parts: readonly Value[], axis: number): Value {
    return parts.length === 1 && parts[0] !== undefined
      ? parts[0]
      : this.graph.apply("Concat", parts, { axis: { int: axis } });
  }

  /** Entries of the first axis, by their numbers. */
  gather(a: Value, numbers: Value): Value {
    return this.graph.apply("Gather", [a, numbers], { axis: { int: 0 } });
  }

  /** @param to behind the last; the end where it is left out */
  slice(a: Value, axis: number, from: number, to = TO_THE_END): Value {
    const [start, end, axes] = [[from], [to], [axis]].map((numbers) => this.graph.ints(numbers));
    return this.graph.apply("Slice", [a, start, end, axes]);
  }

  /** @param shape 0 keeps a size, -1 takes what is left */
  reshape(a: Value, shape: readonly number[]): Value {
    return this.graph.apply("Reshape", [a, this.graph.ints(shape)]);
  }

  toUnitLength(vectors: Value): Value {
    const squared = this.sum(this.mul(vectors, vectors), -1, "keep");
    return this.div(vectors, this.graph.apply("Sqrt", [this.add(squared, SMALLEST_SQUARE)]));
  }

  absence(present: Value): Value {
    return this.mul(this.sub(present, 1), NOWHERE);
  }

  softmaxWhere(present: Value, logits: Value): Value {
    const shares = this.graph.apply("Softmax", [this.add(logits, this.absence(present))], { axis: { int: -1 } });
    return this.mul(shares, present);
  }

  logSumExpLast(logits: Value): Value {
    const top = this.max(logits, -1, "keep");
    const total = this.sum(this.exp(this.sub(logits, top)), -1, "keep");
    return this.squeeze(this.add(top, this.log(total)), -1);
  }

  /** Moves every step by one: later (the first becomes zeros) or earlier (the last becomes zeros). */
  shiftSteps(steps: Value, direction: "later" | "earlier"): Value {
    const kept = direction === "later" ? this.slice(steps, 1, 0, -1) : this.slice(steps, 1, 1);
    const zeros = this.mul(this.slice(steps, 1, 0, 1), 0);
    return this.concat(direction === "later" ? [zeros, kept] : [kept, zeros], 1);
  }

  /** Joins numbers of shape `[batch, step]` to `[batch, step, numbers]`. */
  stackNumbers(numbers: readonly Value[]): Value {
    return this.concat(
      numbers.map((number) => this.expand(number, -1)),
      -1,
    );
  }

  /** 0, 1, 2 … for each step. `[step]` */
  places(present: Value): Value {
    const count = this.graph.apply("Shape", [present], { start: { int: 1 }, end: { int: 2 } });
    const scalar = this.squeeze(this.graph.apply("Cast", [count], { to: { int: 1 } }), 0);
    return this.graph.apply("Range", [this.graph.float(0), scalar, this.graph.float(1)]);
  }

  #binary(operator: string, a: Operand, b: Operand): Value {
    const operands = [a, b].map((operand) => (typeof operand === "number" ? this.graph.float(operand) : operand));
    return this.graph.apply(operator, operands);
  }
}
