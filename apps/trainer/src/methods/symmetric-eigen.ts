const SWEEPS = 60;
const SMALL = 1e-12;

export interface EigenPair {
  readonly value: number;
  /** Of length 1. */
  readonly vector: Float64Array;
}

/**
 * Eigenvalues, largest first, and eigenvectors of a symmetric matrix, by cyclic Jacobi rotations (Golub and Van Loan,
 * Matrix Computations, 8.5): slow on large matrices, exact to rounding, and enough for as many rows as there are interests.
 *
 * @param matrix [size, size], row by row; not changed
 */
export function symmetricEigen(matrix: Float64Array, size: number): EigenPair[] {
  const a = Float64Array.from(matrix);
  const vectors = identity(size); // row k is the k-th eigenvector
  const scale = Math.sqrt(a.reduce((sum, x) => sum + x * x, 0)) || 1;
  for (let sweep = 0; sweep < SWEEPS && offDiagonal(a, size) > SMALL * scale; sweep++) {
    for (let p = 0; p < size - 1; p++) {
      for (let q = p + 1; q < size; q++) rotate(a, vectors, size, p, q);
    }
  }
  return Array.from({ length: size }, (_, k) => ({
    value: at(a, k * size + k),
    vector: vectors.slice(k * size, (k + 1) * size),
  })).sort((x, y) => y.value - x.value);
}

/** Turns the plane of p and q so that their common element becomes 0. */
function rotate(a: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const apq = at(a, p * size + q);
  if (apq === 0) return;
  const theta = (at(a, q * size + q) - at(a, p * size + p)) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < size; k++) turn(a, k * size + p, k * size + q, c, s);
  for (let k = 0; k < size; k++) turn(a, p * size + k, q * size + k, c, s);
  for (let k = 0; k < size; k++) turn(vectors, p * size + k, q * size + k, c, s);
}

function turn(values: Float64Array, i: number, j: number, c: number, s: number): void {
  const x = at(values, i);
  const y = at(values, j);
  values[i] = c * x - s * y;
  values[j] = s * x + c * y;
}

function offDiagonal(a: Float64Array, size: number): number {
  let sum = 0;
  for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) sum += 2 * at(a, p * size + q) ** 2;
  return Math.sqrt(sum);
}

function identity(size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) matrix[i * size + i] = 1;
  return matrix;
}

function at(values: Float64Array, i: number): number {
  return values[i] ?? 0;
}
