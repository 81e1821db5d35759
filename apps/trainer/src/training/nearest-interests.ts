import type { PhotoRef } from "../episodes/episode.js";
import { meansOfKinds } from "../methods/kind-means.js";
import { dot, toUnitLength } from "../methods/vectors.js";
import type { PhotoCollection } from "../photos/photo.js";

/**
 * For each interest the others of its collection, the one that looks most alike first: by the cosine of their mean
 * features, each less the mean of these.
 *
 * @returns ids by id
 */
export function nearestInterests(
  collections: readonly PhotoCollection[],
  featureOf: (photo: PhotoRef) => Float32Array,
): Map<string, readonly string[]> {
  return new Map(
    collections.flatMap(({ interests }) => {
      const clean = interests.map(({ id, photos }) => ({
        ...{ kind: id, weight: 1 },
        features: photos.map((photo) => featureOf({ photo, degradation: "none" })),
      }));
      const means = [...meansOfKinds(clean)].map(([id, mean]) => ({ id, mean: Float32Array.from(mean) }));
      const [middle = new Float64Array()] = meansOfKinds([
        { features: means.map(({ mean }) => mean), weight: 1 },
      ]).values();
      const directions = means.map(({ id, mean }) => ({
        id,
        direction: toUnitLength(mean.map((x, d) => x - (middle[d] ?? 0))),
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
