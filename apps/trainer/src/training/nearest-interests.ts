import type { PhotoRef } from "../episodes/episode.js";
import { dot, toUnitLength } from "../methods/vectors.js";
import type { PhotoCollection } from "../photos/photo.js";

/**
 * For each interest the others of its collection, the one that looks most alike first: by the cosine of their mean
 * features, each less the mean of the collection.
 *
 * @returns ids by id
 */
export function nearestInterests(
  collections: readonly PhotoCollection[],
  featureOf: (photo: PhotoRef) => Float32Array,
): Map<string, readonly string[]> {
  return new Map(
    collections.flatMap(({ interests }) => {
      const means = interests.map(({ photos }) =>
        meanOf(photos.map((photo) => featureOf({ photo, degradation: "none" }))),
      );
      const middle = meanOf(means);
      const directions = interests.map(({ id }, i) => ({
        id,
        direction: toUnitLength((means[i] ?? middle).map((x, d) => x - (middle[d] ?? 0))),
      }));
      return directions.map(({ id, direction }) => {
        const likeness = directions
          .filter((other) => other.id !== id)
          .map((other) => ({ id: other.id, cosine: dot(direction, other.direction) }))
          .sort((a, b) => b.cosine - a.cosine);
        return [id, likeness.map((other) => other.id)] as const;
      });
    }),
  );
}

function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) vector.forEach((x, d) => (mean[d] = (mean[d] ?? 0) + x / vectors.length));
  return mean;
}
