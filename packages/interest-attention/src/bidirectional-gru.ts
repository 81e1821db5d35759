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
  transpose,
  unstack,
  zeros,
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
 * gates does not depend on the states, so it is computed for all steps at once, outside of the loop; and both ways run
 * in one loop as a stack of two.
 *
 * @param steps   [batch, step, width]
 * @param present [batch, step]          1 for a step, 0 for padding, which must come last
 * @returns       [batch, step, 2 x units]  forward state, then backward state; 0 where padded
 */
export function readBothWays(gru: BidirectionalGru, steps: Tensor3D, present: Tensor2D): Tensor3D {
  const [batch, count] = steps.shape;
  const units = gru.recurrentKernel.shape[1];

  const [gateInputs, candidateInputs] = inputProducts(gru, steps); // [step, 2, batch, 2 x units], [step, 2, batch, units]
  const moves = unstack(bothDirections(reshape(transpose(present), [count, batch, 1]))); // step x [2, batch, 1]
  const [gateKernel, candidateKernel] = split(gru.recurrentKernel, [2 * units, units], 2) as [Tensor3D, Tensor3D];

  let state: Tensor3D = zeros([2, batch, units]);
  const states = moves.map((move, t) => {
    const gates = sigmoid(add(at(gateInputs, t), multiply(state, gateKernel))); // [2, batch, 2 x units]
    const [update, reset] = split(gates, 2, 2) as [Tensor3D, Tensor3D]; //          [2, batch, units] each
    const candidate = tanh(add(at(candidateInputs, t), multiply(mul(reset, state), candidateKernel)));
    // Where a step is padding the state stays as it is.
    state = add(state, mul(mul(move, sub(1, update)), sub(candidate, state)));
    return state;
  });

  const [forward, backward] = unstack(stack(states), 1) as [Tensor3D, Tensor3D]; // [step, batch, units] each
  const joined = concat([forward, reverse(backward, 0)], 2); //                       [step, batch, 2 x units]
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

function inputProducts(gru: BidirectionalGru, steps: Tensor3D): [Tensor[], Tensor[]] {
  const [batch, count, width] = steps.shape;
  const units = gru.recurrentKernel.shape[1];
  const timeMajor = transpose(steps, [1, 0, 2]);
  const ways = [timeMajor, reverse(timeMajor, 0)].map((way) => reshape(way, [count * batch, width]));
  const stacked = stack(ways) as Tensor3D; //                            [2, step x batch, width]
  const products = add(multiply(stacked, gru.inputKernel), gru.bias); // [2, step x batch, 3 x units]
  const perStep = transpose(reshape(products, [2, count, batch, 3 * units]), [1, 0, 2, 3]);
  const [gates, candidates] = split(perStep, [2 * units, units], 3) as [Tensor, Tensor];
  return [unstack(gates), unstack(candidates)];
}

/** `[step, batch, n]` to `[step, 2, batch, n]`: as it is, and from the end. */
function bothDirections(timeMajor: Tensor): Tensor {
  return stack([timeMajor, reverse(timeMajor, 0)], 1);
}

function at(tensors: readonly Tensor[], index: number): Tensor {
  const found = tensors[index];
  if (!found) throw new RangeError(`There is no step ${index}.`);
  return found;
}
