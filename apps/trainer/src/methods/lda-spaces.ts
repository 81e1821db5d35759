import { fitLdaMetric, applyLdaMetric } from "./fit-lda-metric.js";
import type { InterestFeatures } from "./interest-features.js";
import { meansOfKinds } from "./kind-means.js";
import { centredSpace, type Space } from "./space.js";

/**
 * The space of a metric fitted on interests that are not judged.
 *
 * @param cut the part of a feature that is used; all unless told
 */
export function fitLdaSpace(
  name: string,
  interests: readonly InterestFeatures[],
  cut: (feature: Float32Array) => Float32Array = (feature) => feature,
): Space {
  const parts = interests.map((interest) => ({ ...interest, features: interest.features.map(cut) }));
  const { directions } = fitLdaMetric(parts);
  const mean = new Float32Array(directions[0]?.length ?? 0); // the kind's mean is off already
  return centredSpace({ name, kind: "learned" }, kindMeans(parts), cut, (centred) =>
    applyLdaMetric({ mean, directions }, centred),
  );
}

/** Features less the mean of their kind, and nothing else done to them. */
export function centredRawSpace(interests: readonly InterestFeatures[]): Space {
  return centredSpace({ name: "raw", kind: "baseline" }, kindMeans(interests));
}

function kindMeans(interests: readonly InterestFeatures[]): Float32Array[] {
  return [...meansOfKinds(interests).values()].map((mean) => Float32Array.from(mean));
}
