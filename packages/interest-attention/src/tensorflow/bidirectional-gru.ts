import {
  add,
  concat,
  expandDims,
  mul,
  reshape,
  reverse,
  sigmoid,
  slice,
  split,
  squeeze,
  stack,
  sub,
  sum,
  tanh,
  tile,
  transpose,
  unstack,
  zeros,
  zerosLike,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
} from "@tensorflow/tfjs-core";
import { multiply, shiftSteps } from "./tensor-math.js";

/**
 * A bidirectional gated recurrent unit. Axis 0 of each tensor: forward, backward. Gates in the last axis: update,
 * reset, candidate.
 */
export interface BidirectionalGru {
  /** `[2, width, 3 x units]` */
  readonly inputKernel: Tensor3D;
  /** `[2, units, 3 x units]` */
  readonly recurrentKernel: Tensor3D;
  /** `[2, 1, 3 x units]` */
  readonly bias: Tensor3D;
}

/**
 * Reads the steps from both ends and gives both states at every step.
 *
 * The unit is that of Cho et al. 2014 (the reset gate acts before the recurrent product). What the inputs add to the
 * gates does not depend on the states, so it is computed for all steps at once, outside of the loop. Both ways run in
 * one loop as one wide state, their recurrent kernels on a diagonal: the WebAssembly backend is fast with two axes only.
 *
 * @param steps   [batch, step, width]
 * @param present [batch, step]          1 for a step, 0 for padding, which must come last
 * @returns       [batch, step, 2 x units]  forward state, then backward state; 0 where padded
 */
export function readBothWays(gru: BidirectionalGru, steps: Tensor3D, present: Tensor2D): Tensor3D {
  const [batch, count] = steps.shape;
  const units = gru.recurrentKernel.shape[1];

  const [gateInputs, candidateInputs] = inputProducts(gru, steps); // step x [batch, 4 x units], step x [batch, 2 x units]
  const [gateKernel, candidateKernel] = diagonalKernels(gru); //      [2 x units, 4 x units], [2 x units, 2 x units]
  const moves = bothDirections(transpose(present), units); //         step x [batch, 2 x units]

  let state: Tensor2D = zeros([batch, 2 * units]);
  const states = moves.map((move, t) => {
    const gates = sigmoid(add(at(gateInputs, t), multiply(state, gateKernel))); // [batch, 4 x units]
    const [update, reset] = split(gates, 2, 1) as [Tensor2D, Tensor2D]; //         [batch, 2 x units] each
    const candidate = tanh(add(at(candidateInputs, t), multiply(mul<Tensor2D>(reset, state), candidateKernel)));
    // Where a step is padding the state stays as it is.
    state = add(state, mul(mul(move, sub(1, update)), sub(candidate, state)));
    return state;
  });

  const [forward, backward] = split(stack(states), 2, 2) as [Tensor3D, Tensor3D]; // [step, batch, units] each
  const joined = concat([forward, reverse(backward, 0)], 2); //                      [step, batch, 2 x units]
  return mul(transpose(joined, [1, 0, 2]), reshape(present, [batch, count, 1]));
}

/**
 * Where both directions ended: the forward state of the last step and the backward state of the first.
 *
 * @param states  [batch, step, 2 x units]  from `readBothWays`
 * @param present [batch, step]
 * @returns       [batch, 2 x units]
 */
export function lastStates(states: Tensor3D, present: Tensor2D): Tensor2D {
  const [forward, backward] = split(states, 2, 2) as [Tensor3D, Tensor3D];
  const first = squeeze<Tensor2D>(slice(backward, [0, 0, 0], [-1, 1, -1]), [1]);
  // The last step that is there is the one after which none is.
  const steps = expandDims<Tensor3D>(present, 2);
  const isLast = sub(steps, shiftSteps(steps, "earlier"));
  return concat([sum<Tensor2D>(mul(forward, isLast), 1), first], 1);
}

/** What the inputs add to the gates (both ways' updates, then both ways' resets) and to the candidates, step by step. */
function inputProducts(gru: BidirectionalGru, steps: Tensor3D): [Tensor2D[], Tensor2D[]] {
  const [batch, count, width] = steps.shape;
  const units = gru.recurrentKernel.shape[1];
  const kernels = unstack(gru.inputKernel) as Tensor2D[];
  const biases = unstack(gru.bias);
  const timeMajor = transpose(steps, [1, 0, 2]);
  const ways = [timeMajor, reverse(timeMajor, 0)].map((way, i) => {
    const rows: Tensor2D = reshape(way, [count * batch, width]);
    return split(add(multiply(rows, at(kernels, i)), at(biases, i)), 3, 1); // update, reset, candidate
  });
  const bothWays = (gate: number) => ways.map((gates) => at(gates, gate));
  const perStep = (gates: Tensor[]) => stepByStep(reshape(concat(gates, 1), [count, batch, gates.length * units]));
  return [perStep([...bothWays(0), ...bothWays(1)]), perStep(bothWays(2))];
}

/** The two ways' recurrent kernels side by side, each seeing its own half of the state. */
function diagonalKernels({ recurrentKernel }: BidirectionalGru): [Tensor2D, Tensor2D] {
  const [forward, backward] = unstack(recurrentKernel).map((kernel) => split(kernel, 3, 1)) as [Tensor[], Tensor[]];
  const nothing = zerosLike(at(forward, 0));
  const diagonal = (gate: number) => [
    concat([at(forward, gate), nothing], 0),
    concat([nothing, at(backward, gate)], 0),
  ];
  return [concat([...diagonal(0), ...diagonal(1)], 1) as Tensor2D, concat(diagonal(2), 1) as Tensor2D];
}

/** `[step, batch]` to a `[batch, 2 x units]` for each step: as it is for the forward half, from the end for the backward half. */
function bothDirections(timeMajor: Tensor2D, units: number): Tensor2D[] {
  const half = (numbers: Tensor) => tile(expandDims(numbers, 2), [1, 1, units]);
  return stepByStep(concat([half(timeMajor), half(reverse(timeMajor, 0))], 2) as Tensor3D);
}

/** `[step, batch, width]` to a `[batch, width]` for each step. */
function stepByStep(timeMajor: Tensor3D): Tensor2D[] {
  // Of one step alone, as of a viewer with one like, TensorFlow.js has no gradient of `unstack`.
  return timeMajor.shape[0] === 1 ? [squeeze(timeMajor, [0])] : (unstack(timeMajor) as Tensor2D[]);
}

function at<T>(items: readonly T[], index: number): T {
  const found = items[index];
  if (!found) throw new RangeError(`There is no step ${index}.`);
  return found;
}
