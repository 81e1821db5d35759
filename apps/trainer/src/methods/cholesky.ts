/** The lower triangle L of a positive definite matrix A = L Lᵀ, and what can be solved with it. */
export class Cholesky {
  readonly #lower: Float64Array;

  /** @param matrix [size, size], row by row; not changed */
  constructor(
    matrix: Float64Array,
    readonly size: number,
  ) {
    const lower = new Float64Array(size * size);
    for (let row = 0; row < size; row++) {
      for (let column = 0; column <= row; column++) {
        let sum = matrix[row * size + column] ?? 0;
        for (let k = 0; k < column; k++) sum -= (lower[row * size + k] ?? 0) * (lower[column * size + k] ?? 0);
        if (row === column) {
          if (!(sum > 0)) throw new RangeError("The matrix is not positive definite.");
          lower[row * size + row] = Math.sqrt(sum);
        } else {
          lower[row * size + column] = sum / (lower[column * size + column] ?? 1);
        }
      }
    }
    this.#lower = lower;
  }

  /** x with L x = b */
  solveLower(b: Float64Array): Float64Array {
    const x = Float64Array.from(b);
    for (let row = 0; row < this.size; row++) {
      let sum = x[row] ?? 0;
      for (let k = 0; k < row; k++) sum -= this.#entry(row, k) * (x[k] ?? 0);
      x[row] = sum / this.#entry(row, row);
    }
    return x;
  }

  /** x with Lᵀ x = b */
  solveUpper(b: Float64Array): Float64Array {
    const x = Float64Array.from(b);
    for (let row = this.size - 1; row >= 0; row--) {
      let sum = x[row] ?? 0;
      for (let k = row + 1; k < this.size; k++) sum -= this.#entry(k, row) * (x[k] ?? 0);
      x[row] = sum / this.#entry(row, row);
    }
    return x;
  }

  #entry(row: number, column: number): number {
    return this.#lower[row * this.size + column] ?? 0;
  }
}
