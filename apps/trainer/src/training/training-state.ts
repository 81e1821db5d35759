import type { CurvePoint } from "./training-curve.js";

/** Where a training stands: with the task itself all that it takes to go on as though it had never stopped. */
export interface TrainingState {
  /** Steps done. */
  readonly step: number;
  /** Spent on training, over all runs. */
  readonly seconds: number;
  /** Sum of the losses since the curve's last point. */
  readonly lossSum: number;
  readonly curve: readonly CurvePoint[];
  /** Every learned weight, by its name. */
  readonly variables: ReadonlyMap<string, VariableState>;
}

export interface VariableState {
  readonly weight: Float32Array;
  /** Running mean of its gradient. */
  readonly first: Float32Array;
  /** Running mean of its gradient's square. */
  readonly second: Float32Array;
}
