import type { Space } from "./cosine-methods.js";
import { applyLdaMetric, fitLdaMetric, type InterestFeatures } from "./fit-lda-metric.js";

/**
 * The space of a metric fitted on interests that are not judged. Placed features are remembered: a photo is in many
 * videos and histories, and in every method.
 *
 * @param part which numbers of a feature to use; all unless told
 */
export function fitLdaSpace(
  name: string,
  interests: readonly InterestFeatures[],
  part: readonly [from: number, to?: number] = [0],
): Space {
  const cut = (feature: Float32Array) => feature.subarray(...part);
  const metric = fitLdaMetric(interests.map((interest) => ({ ...interest, features: interest.features.map(cut) })));
  const placed = new WeakMap<Float32Array, Float32Array>();
  return {
    name,
    kind: "learned",
    place(feature) {
      const known = placed.get(feature);
      if (known) return known;
      const made = applyLdaMetric(metric, cut(feature));
      placed.set(feature, made);
      return made;
    },
  };
}
