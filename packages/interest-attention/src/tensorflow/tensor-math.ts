import {
  add,
  customGrad,
  div,
  log,
  matMul,
  max,
  mul,
  reshape,
  slice,
  softmax,
  stack,
  sqrt,
  sub,
  sum,
  transpose,
  pad,
  exp,
  type GradSaveFunc,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
} from "@tensorflow/tfjs-core";

/** What padding gets before an exponential: exp(-1e9) is 0 in 32 bits. */
const NOWHERE = 1e9;

/** Swaps the last two axes. */
export function flip<T extends Tensor2D | Tensor3D>(matrix: T): T {
  return transpose<T>(matrix, matrix.rank === 2 ? [1, 0] : [0, 2, 1]);
}

/**
 * Matrix product of two matrices or two equal stacks of them. Its gradient transposes in a step of its own: on the
 * WebAssembly backend a product that transposes its first factor by itself is many times slower.
 */
export function multiply<T extends Tensor2D | Tensor3D>(left: T, right: T): T {
  return productOf(left, right) as T;
}

const productOf = customGrad((...inputs) => {
  const [left, right, save] = inputs as [Tensor, Tensor, GradSaveFunc];
  save([left, right]);
  const gradFunc = (dy: Tensor, saved: Tensor[]) => {
    const [a, b] = saved as [Tensor3D, Tensor3D]; // the two that were saved; the rank is that of the inputs
    return [matMul(dy, flip(b)), matMul(flip(a), dy)];
  };
  return { value: matMul(left, right), gradFunc };
});

/** Multiplies every step by the same matrix. `[batch, step, in]` and `[in, out]` give `[batch, step, out]`. */
export function project(steps: Tensor3D, matrix: Tensor2D): Tensor3D {
  const [batch, count, width] = steps.shape;
  const [, out] = matrix.shape;
  const rows: Tensor2D = reshape(steps, [batch * count, width]);
  return reshape(multiply(rows, matrix), [batch, count, out]);
}

/** Makes the last axis' vectors as long as 1; zeros stay zeros. */
export function toUnitLength<T extends Tensor>(vectors: T): T {
  const squared = sum(mul(vectors, vectors), -1, true);
  return div(vectors, sqrt(add(squared, 1e-12)));
}

/** Softmax over the last axis where `present` is 1; what is padded gets exactly 0. */
export function softmaxWhere<T extends Tensor>(present: Tensor, logits: T): T {
  return mul(softmax(add(logits, absence(present))), present);
}

/** 0 where `present` is 1, far below everything where it is 0. */
export function absence(present: Tensor): Tensor {
  return mul(sub(present, 1), NOWHERE);
}

/** log of the sum of exponentials over the last axis. Padding must be far below everything already. */
export function logSumExpLast(logits: Tensor): Tensor {
  const top = max(logits, -1, true);
  return reshape(add(top, log(sum(exp(sub(logits, top)), -1, true))), logits.shape.slice(0, -1));
}

/** Moves every step by one: later (the first becomes zeros) or earlier (the last becomes zeros). */
export function shiftSteps(steps: Tensor3D, direction: "later" | "earlier"): Tensor3D {
  const padding: [number, number] = direction === "later" ? [1, 0] : [0, 1];
  return slice(pad(steps, [[0, 0], padding, [0, 0]]), [0, direction === "later" ? 0 : 1, 0], steps.shape);
}

/** Joins numbers of shape `[batch, step]` to `[batch, step, numbers]`. */
export function stackNumbers(numbers: readonly Tensor[]): Tensor3D {
  return stack([...numbers], -1) as Tensor3D;
}
