import { tensor2d, tensor3d, type Tensor2D, type Tensor3D } from "@tensorflow/tfjs-core";
import { FeatureWidthError } from "../errors.js";
import { padNumbers, type PaddedNumbers } from "../pad-numbers.js";

/** Sequences of different lengths side by side, as tensors. */
export interface PaddedBatch {
  /** `[batch, longest, width]`: zeros where padded. */
  readonly values: Tensor3D;
  /** `[batch, longest]`: 1 where there is something, 0 where padded. */
  readonly present: Tensor2D;
}

/**
 * Puts features side by side. The caller disposes of the tensors.
 *
 * @param sequences at least one, and a row in at least one of them: each row of `width` numbers
 * @param width     numbers in a row
 * @throws FeatureWidthError where a row is of another width: it would be filled up with zeros, or cover the next one
 */
export function padBatch(sequences: readonly (readonly Float32Array[])[], width: number): PaddedBatch {
  sequences.forEach((rows, n) => {
    rows.forEach((row, i) => {
      if (row.length !== width) throw new FeatureWidthError(`row ${i} of sequence ${n}`, row.length, width);
    });
  });
  return toTensors(padNumbers(sequences, width));
}

export function toTensors({ values, present, dims }: PaddedNumbers): PaddedBatch {
  const [batch, longest, width] = dims;
  return { values: tensor3d(values, [batch, longest, width]), present: tensor2d(present, [batch, longest]) };
}
