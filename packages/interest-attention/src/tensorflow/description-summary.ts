import {
  add,
  expandDims,
  log,
  reshape,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
} from "@tensorflow/tfjs-core";
import type { DescriptionTensors } from "./history-interest-description.js";
import { flip, multiply, project, softmaxWhere } from "./tensor-math.js";

/** How a description is read: what in it counts, and how much. */
export interface DescriptionReader {
  /** `[width, head]`: from a state to how much its liked image counts. Absent where there is one state: a last state. */
  readonly salience?: Tensor2D;
  /** `[head x width, step]` and `[step]`: from the weighed states to a step of the first recurrent unit. */
  readonly toStep: Tensor2D;
  readonly toStepBias: Tensor1D;
}

export interface ReadDescription {
  /** `[batch, 1, step]`: the description as a step of the first recurrent unit. */
  readonly step: Tensor3D;
  /** `[batch, head, state]`: log of each liked image's share; they sum to 1 over the states of a head. */
  readonly logSalience: Tensor;
}

/** Weighs the states of a description, by every head in its own way, and makes one step of them. */
export function readDescription(reader: DescriptionReader, { states, present }: DescriptionTensors): ReadDescription {
  const [batch, , width] = states.shape;
  const here = expandDims<Tensor3D>(present, 1); //                                          [batch, 1, state]
  const shares = reader.salience ? softmaxWhere(here, flip(project(states, reader.salience))) : here; // [batch, head, state]
  const [, heads] = shares.shape;
  const summary: Tensor2D = reshape(multiply(shares, states), [batch, heads * width]); // [batch, head x width]
  const step: Tensor2D = add(multiply(summary, reader.toStep), reader.toStepBias);
  return { step: expandDims(step, 1), logSalience: log(add(shares, 1e-9)) };
}
