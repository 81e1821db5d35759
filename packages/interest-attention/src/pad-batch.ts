import { tensor2d, tensor3d, type Tensor2D, type Tensor3D } from "@tensorflow/tfjs-core";

/** Sequences of different lengths side by side. */
export interface PaddedNumbers {
  /** `[batch, longest, width]`: zeros where padded. */
  readonly values: Float32Array;
  /** `[batch, longest]`: 1 where there is something, 0 where padded. */
  readonly present: Float32Array;
  readonly dims: readonly [batch: number, longest: number, width: number];
}

/** The same as tensors. */
export interface PaddedBatch {
  /** `[batch, longest, width]`: zeros where padded. */
  readonly values: Tensor3D;
  /** `[batch, longest]`: 1 where there is something, 0 where padded. */
  readonly present: Tensor2D;
}

/**
 * @param sequences each of at least one row of `width` numbers
 * @param width     numbers in a row
 */
export function padNumbers(sequences: readonly (readonly Float32Array[])[], width: number): PaddedNumbers {
  const longest = Math.max(...sequences.map(({ length }) => length));
  const values = new Float32Array(sequences.length * longest * width);
  const present = new Float32Array(sequences.length * longest);
  sequences.forEach((rows, n) => {
    rows.forEach((row, i) => {
      values.set(row, (n * longest + i) * width);
      present[n * longest + i] = 1;
    });
  });
  return { values, present, dims: [sequences.length, longest, width] };
}

/** As `padNumbers`, in tensors. */
export function padBatch(sequences: readonly (readonly Float32Array[])[], width: number): PaddedBatch {
  return toTensors(padNumbers(sequences, width));
}

export function toTensors({ values, present, dims }: PaddedNumbers): PaddedBatch {
  const [batch, longest, width] = dims;
  return { values: tensor3d(values, [batch, longest, width]), present: tensor2d(present, [batch, longest]) };
}

/** The rows of a matrix that is stored row after row, as views into it. */
export function rowsOf(numbers: Float32Array, width: number): Float32Array[] {
  return Array.from({ length: numbers.length / width }, (_, i) => numbers.subarray(i * width, (i + 1) * width));
}
