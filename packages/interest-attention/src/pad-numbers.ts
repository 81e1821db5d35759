/** Sequences of different lengths side by side. */
export interface PaddedNumbers {
  /** `[batch, longest, width]`: zeros where padded. */
  readonly values: Float32Array;
  /** `[batch, longest]`: 1 where there is something, 0 where padded. */
  readonly present: Float32Array;
  readonly dims: readonly [batch: number, longest: number, width: number];
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

/** The rows of a matrix that is stored row after row, as views into it. */
export function rowsOf(numbers: Float32Array, width: number): Float32Array[] {
  return Array.from({ length: numbers.length / width }, (_, i) => numbers.subarray(i * width, (i + 1) * width));
}
