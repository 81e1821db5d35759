import type { PhotoRef } from "../episodes/episode.js";
import type { PhotoLibrary } from "../features/photo-library.js";
import { cosineMethods, type CosineWay } from "../methods/cosine-methods.js";
import type { InterestFeatures } from "../methods/interest-features.js";
import { centredRawSpace, fitLdaSpace } from "../methods/lda-spaces.js";
import type { Method } from "../methods/method.js";
import { RAW_SPACE } from "../methods/space.js";
import { toUnitLength } from "../methods/vectors.js";
import { ORACLE, WITHOUT_HISTORY } from "../methods/without-history.js";
import type { PhotoCollection } from "../photos/photo.js";

/** The default backbone's features are two taps side by side; the second alone is what the metric was first tried on. */
const DEFAULT_WIDTH = 672;
const secondTap = (feature: Float32Array) => toUnitLength(feature.subarray(224, 672));

const PLAIN_WAYS = ["mean", "recency", "max", "attention"] satisfies CosineWay[];
const SMOOTH_WAYS = ["mean-smooth", "attention-smooth", "tuned"] satisfies CosineWay[];

/**
 * A photo counts by this power of the size of its collection, so that a small collection is heard beside a large one and
 * a large one still counts more. Of collections of 15,000, 2,800 and 240 photos, each photo of the second counts about
 * 3 times and of the third about 10 times as much as one of the first.
 */
const SIZE_POWER = -0.6;

/**
 * The methods side by side, from knowing nothing to knowing the answer. The strongest of the simple ones is fixed:
 * `lda448-tuned`, with the metric, its shrinkage and its constants as they are here.
 *
 * @param fitOn   interests that are not judged, prepared. They fit the metric of the LDA methods, which are there only
 *                where there are some, and give the means that the raw methods subtract
 * @param scorers trained ones
 */
export function methodsToJudge(
  fitOn: readonly PhotoCollection[],
  photos: Pick<PhotoLibrary, "get">,
  featureWidth: number,
  scorers: readonly Method[],
): Method[] {
  return [...WITHOUT_HISTORY, ...cosines(gatherFeatures(fitOn, photos), featureWidth), ...scorers, ORACLE];
}

function cosines(interests: readonly InterestFeatures[], featureWidth: number): Method[] {
  if (interests.length === 0) return cosineMethods(RAW_SPACE, [...PLAIN_WAYS, ...SMOOTH_WAYS]);
  const methods = [
    ...cosineMethods(centredRawSpace(interests), [...PLAIN_WAYS, "tuned"]),
    ...cosineMethods(fitLdaSpace("lda", interests), [...PLAIN_WAYS, ...SMOOTH_WAYS]),
  ];
  if (featureWidth !== DEFAULT_WIDTH) return methods;
  return [...methods, ...cosineMethods(fitLdaSpace("lda448", interests, secondTap), SMOOTH_WAYS)];
}

function gatherFeatures(collections: readonly PhotoCollection[], known: Pick<PhotoLibrary, "get">): InterestFeatures[] {
  return collections.flatMap(({ name, interests }) => {
    const photos = interests.reduce((sum, interest) => sum + interest.photos.length, 0);
    return interests.map((interest) => ({
      features: interest.photos.map((photo) => known.get({ photo, degradation: "none" }).feature),
      weight: photos ** SIZE_POWER,
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
