import { tensor2d, tensor3d, type Tensor2D, type Tensor3D } from "@tensorflow/tfjs-core";
import { padNumbers, type PaddedNumbers } from "../pad-numbers.js";

/** Sequences of different lengths side by side, as tensors. */
export interface PaddedBatch {
  /** `[batch, longest, width]`: zeros where padded. */
  readonly values: Tensor3D;
  /** `[batch, longest]`: 1 where there is something, 0 where padded. */
  readonly present: Tensor2D;
}

/** As `padNumbers`, in tensors. */
export function padBatch(sequences: readonly (readonly Float32Array[])[], width: number): PaddedBatch {
  return toTensors(padNumbers(sequences, width));
}

export function toTensors({ values, present, dims }: PaddedNumbers): PaddedBatch {
  const [batch, longest, width] = dims;
  return { values: tensor3d(values, [batch, longest, width]), present: tensor2d(present, [batch, longest]) };
}
