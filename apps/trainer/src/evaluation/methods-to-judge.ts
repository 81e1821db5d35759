import type { PhotoRef } from "../episodes/episode.js";
import { cosineMethods, type CosineWay } from "../methods/cosine-methods.js";
import type { InterestFeatures } from "../methods/interest-features.js";
import { centredRawSpace, fitLdaSpace } from "../methods/lda-spaces.js";
import type { Method } from "../methods/method.js";
import { RAW_SPACE } from "../methods/space.js";
import { toUnitLength } from "../methods/vectors.js";
import { ORACLE, WITHOUT_HISTORY } from "../methods/without-history.js";
import type { PhotoCollection } from "../photos/photo.js";
import type { KnownPhotos } from "./judge-methods.js";

/** Of the default backbone's two taps side by side, the second alone is what the metric was first tried on. */
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
  photos: Pick<KnownPhotos, "get" | "opponent">,
  scorers: readonly Method[],
): Method[] {
  const { opponent } = photos;
  const cosines = cosinesIn(gatherFeatures(fitOn, (ref) => photos.get(ref).feature));
  const frozen = opponent ? frozenOpponent(gatherFeatures(fitOn, (ref) => opponent.feature(ref))) : [];
  return [...WITHOUT_HISTORY, ...cosines, ...frozen, ...scorers, ORACLE];
}

function cosinesIn(interests: readonly InterestFeatures[]): Method[] {
  if (interests.length === 0) return cosineMethods(RAW_SPACE, [...PLAIN_WAYS, ...SMOOTH_WAYS]);
  return [
    ...cosineMethods(centredRawSpace(interests), [...PLAIN_WAYS, "tuned"]),
    ...cosineMethods(fitLdaSpace("lda", interests), [...PLAIN_WAYS, ...SMOOTH_WAYS]),
  ];
}

/** Reads other features than all the rest, so that what the encoder gains is a gain over it. */
function frozenOpponent(interests: readonly InterestFeatures[]): Method[] {
  if (interests.length === 0) return [];
  return cosineMethods(fitLdaSpace("lda448", interests, secondTap), SMOOTH_WAYS).map((method) => ({
    ...method,
    score: (viewers) => method.score(viewers.map((viewer) => ({ ...viewer, ...viewer.opponent }))),
  }));
}

function gatherFeatures(
  collections: readonly PhotoCollection[],
  featureOf: (ref: PhotoRef) => Float32Array,
): InterestFeatures[] {
  return collections.flatMap(({ name, interests }) => {
    const photos = interests.reduce((sum, interest) => sum + interest.photos.length, 0);
    return interests.map((interest) => ({
      features: interest.photos.map((photo) => featureOf({ photo, degradation: "none" })),
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
