import type { PhotoCollection } from "../photos/photo.js";
import type { PhotoLibrary } from "../features/photo-library.js";
import { cosineMethods, RAW_SPACE } from "../methods/cosine-methods.js";
import { fitLdaSpace } from "../methods/lda-spaces.js";
import type { InterestFeatures } from "../methods/fit-lda-metric.js";
import type { Method } from "../methods/method.js";
import { ORACLE, WITHOUT_HISTORY } from "../methods/without-history.js";
import type { PhotoRef } from "../episodes/episode.js";

/** The default backbone's features are two taps side by side; the second alone is what the metric was first tried on. */
const DEFAULT_WIDTH = 672;
const SECOND_TAP = [224, 672] as const;

/**
 * The methods side by side, from knowing nothing to knowing the answer.
 *
 * @param fitOn   interests that are not judged, prepared; the LDA methods are there only where there are some
 * @param learned trained scorers
 */
export function methodsToJudge(
  fitOn: readonly PhotoCollection[],
  library: PhotoLibrary,
  featureWidth: number,
  learned: readonly Method[],
): Method[] {
  return [
    ...WITHOUT_HISTORY,
    ...cosineMethods(RAW_SPACE),
    ...ldaMethods(gatherFeatures(fitOn, library), featureWidth),
    ...learned,
    ORACLE,
  ];
}

function ldaMethods(interests: readonly InterestFeatures[], featureWidth: number): Method[] {
  if (interests.length === 0) return [];
  const methods = cosineMethods(fitLdaSpace("lda", interests));
  if (featureWidth !== DEFAULT_WIDTH) return methods;
  return [
    ...methods,
    ...cosineMethods(fitLdaSpace("lda448", interests, SECOND_TAP)).filter(({ id }) => id.endsWith("tuned")),
  ];
}

/** A collection counts by the square root of its size: a small one is heard, a large one still counts more. */
function gatherFeatures(collections: readonly PhotoCollection[], library: PhotoLibrary): InterestFeatures[] {
  return collections.flatMap(({ name, interests }) => {
    const photos = interests.reduce((sum, interest) => sum + interest.photos.length, 0);
    return interests.map((interest) => ({
      features: interest.photos.map((photo) => library.get({ photo, degradation: "none" }).feature),
      weight: 1 / Math.sqrt(photos),
      kind: name,
    }));
  });
}

/** Every clean photo of the collections. */
export function photosOf(collections: readonly PhotoCollection[]): PhotoRef[] {
  return collections.flatMap(({ interests }) =>
    interests.flatMap(({ photos }) => photos.map((photo) => ({ photo, degradation: "none" as const }))),
  );
}
