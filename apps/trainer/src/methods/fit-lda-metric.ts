import { add, mul, matMul, tensor2d, tidy, transpose, type Tensor2D } from "@tensorflow/tfjs-core";
import { Cholesky } from "./cholesky.js";
import type { InterestFeatures } from "./interest-features.js";
import { meansOfKinds } from "./kind-means.js";
import { symmetricEigen } from "./symmetric-eigen.js";

/** A linear map, fitted to tell interests apart, in whose space cosines are compared. */
export interface LdaMetric {
  /** [width]: subtracted first. */
  readonly mean: Float32Array;
  /** [direction][width]: the most telling direction first. */
  readonly directions: readonly Float32Array[];
}

/** How far the within-interest covariance is drawn toward a multiple of the identity. */
const SHRINKAGE = 0.3;
/** Photos in one product: bounds the memory, changes nothing. */
const PORTION = 1024;

/**
 * Linear discriminant analysis (Fisher 1936; Rao 1948) with a shrunk covariance. A direction in which interests vary s
 * times as much as photos within one counts s / sqrt(1 + s²): nearly fully where interests stand apart, hardly where
 * they drown. There are fewer directions than interests; all others count nothing. Interests are compared with the mean
 * of their own kind, or the direction from small photos to large ones would count as the most telling of all.
 */
export function fitLdaMetric(interests: readonly InterestFeatures[], shrinkage = SHRINKAGE): LdaMetric {
  const width = interests[0]?.features[0]?.length ?? 0;
  const total = interests.reduce((sum, { features, weight }) => sum + features.length * weight, 0);
  const means = interests.map(({ features }) => meanOf(features, width));
  const mean = new Float64Array(width);
  interests.forEach(({ features, weight }, i) => addScaled(mean, means[i], (features.length * weight) / total));

  const kindMeans = meansOfKinds(interests);
  const within = shrink(withinCovariance(interests, means, width, total), width, shrinkage);
  const cholesky = new Cholesky(within, width);
  // Interests' means in the whitened space, each by its share: their products hold all eigenvalues that are not 0.
  const whitened = interests.map(({ features, weight, kind = "" }, i) => {
    const deviation = Float64Array.from(means[i] ?? [], (x, d) => x - (kindMeans.get(kind)?.[d] ?? 0));
    const share = Math.sqrt((features.length * weight) / total);
    return cholesky.solveLower(deviation).map((x) => x * share);
  });
  const directions = symmetricEigen(products(whitened), whitened.length)
    .filter(({ value }) => value > 1e-9)
    .map(({ value, vector }) => {
      const axis = new Float64Array(width);
      whitened.forEach((row, i) => addScaled(axis, row, (vector[i] ?? 0) / Math.sqrt(value)));
      const importance = Math.sqrt(value / (1 + value));
      return Float32Array.from(cholesky.solveUpper(axis), (x) => x * importance);
    });
  return { mean: Float32Array.from(mean), directions };
}

/** @returns the feature in the metric's space, one number per direction */
export function applyLdaMetric({ mean, directions }: LdaMetric, feature: Float32Array): Float32Array {
  const centred = feature.map((x, d) => x - (mean[d] ?? 0));
  return Float32Array.from(directions, (direction) => {
    let sum = 0;
    for (let d = 0; d < direction.length; d++) sum += (direction[d] ?? 0) * (centred[d] ?? 0);
    return sum;
  });
}

function meanOf(features: readonly Float32Array[], width: number): Float64Array {
  const mean = new Float64Array(width);
  for (const feature of features) addScaled(mean, feature, 1 / features.length);
  return mean;
}

/** @returns [width, width] */
function withinCovariance(
  interests: readonly InterestFeatures[],
  means: readonly Float64Array[],
  width: number,
  total: number,
): Float64Array {
  const rows = interests.flatMap(({ features, weight }, i) => {
    const scale = Math.sqrt(weight / total);
    return features.map((feature) => feature.map((x, d) => (x - (means[i]?.[d] ?? 0)) * scale));
  });
  const sum = tidy(() => {
    let scatter: Tensor2D | undefined;
    for (let start = 0; start < rows.length; start += PORTION) {
      const portion = tensor2d(joinRows(rows.slice(start, start + PORTION), width), [
        Math.min(PORTION, rows.length - start),
        width,
      ]);
      const product = matMul<Tensor2D>(transpose(portion), portion); // [width, width]
      scatter = scatter ? add<Tensor2D>(scatter, product) : product;
    }
    return mul(scatter ?? tensor2d([], [0, 0]), 1);
  });
  const numbers = Float64Array.from(sum.dataSync());
  sum.dispose();
  return numbers;
}

function joinRows(rows: readonly Float32Array[], width: number): Float32Array {
  const joined = new Float32Array(rows.length * width);
  rows.forEach((row, i) => joined.set(row, i * width));
  return joined;
}

function shrink(covariance: Float64Array, width: number, shrinkage: number): Float64Array {
  let trace = 0;
  for (let i = 0; i < width; i++) trace += covariance[i * width + i] ?? 0;
  const shrunk = covariance.map((x) => (1 - shrinkage) * x);
  for (let i = 0; i < width; i++) shrunk[i * width + i] = (shrunk[i * width + i] ?? 0) + (shrinkage * trace) / width;
  return shrunk;
}

function products(rows: readonly Float64Array[]): Float64Array {
  const size = rows.length;
  const matrix = new Float64Array(size * size);
  rows.forEach((a, i) => {
    rows.forEach((b, j) => {
      let sum = 0;
      for (let d = 0; d < a.length; d++) sum += (a[d] ?? 0) * (b[d] ?? 0);
      matrix[i * size + j] = sum;
    });
  });
  return matrix;
}

function addScaled(sum: Float64Array, vector: ArrayLike<number> | undefined, factor: number): void {
  for (let d = 0; d < sum.length; d++) sum[d] = (sum[d] ?? 0) + (vector?.[d] ?? 0) * factor;
}
