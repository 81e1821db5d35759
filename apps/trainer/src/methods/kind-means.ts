import type { InterestFeatures } from "./interest-features.js";

/** The mean feature of each kind of photo; interests that name no kind are all of one. */
export function meansOfKinds(interests: readonly InterestFeatures[]): Map<string, Float64Array> {
  const sums = new Map<string, { sum: Float64Array; photos: number }>();
  for (const { features, kind = "" } of interests) {
    for (const feature of features) {
      const entry = sums.get(kind) ?? { sum: new Float64Array(feature.length), photos: 0 };
      feature.forEach((x, d) => (entry.sum[d] = (entry.sum[d] ?? 0) + x));
      entry.photos++;
      sums.set(kind, entry);
    }
  }
  return new Map([...sums].map(([kind, { sum, photos }]) => [kind, sum.map((x) => x / photos)]));
}

/**
 * Which of the means lies nearest to what is shown. Photos of 64 px, and photos of a studio, lie elsewhere in the
 * feature space whatever they show: taken from the mean of their own kind, what remains is what they show.
 *
 * @param means at least one
 */
export function nearestMean(means: readonly Float32Array[], shown: readonly Float32Array[]): Float32Array {
  const middle = new Float64Array(means[0]?.length ?? 0);
  for (const feature of shown) feature.forEach((x, d) => (middle[d] = (middle[d] ?? 0) + x / shown.length));
  const distances = means.map((mean) => mean.reduce((sum, x, d) => sum + (x - (middle[d] ?? 0)) ** 2, 0));
  return means[distances.indexOf(Math.min(...distances))] ?? new Float32Array(middle.length);
}
