import type { LookAlikes } from "../episodes/compose-episodes.js";
import type { PhotoCollection } from "../photos/photo.js";
import { collectionShares } from "./collection-shares.js";
import { composeSource } from "./episode-source.js";
import type { GroupSource } from "./group-stream.js";
import { RECIPE } from "./recipe.js";

/**
 * The worlds that training draws from, each as often as its practice says, with a source for every collection that is
 * large enough for it; worlds that none is large enough for are left out.
 *
 * @param say     is told which collection is too small for which world
 * @param nearest which interests look alike: see `nearestInterests`; where it is empty, videos are made of any
 */
export function composeKinds(
  collections: readonly PhotoCollection[],
  seed: number,
  say: (line: string) => void,
  nearest: LookAlikes["nearest"],
): GroupSource[][] {
  const shares = collectionShares(collections);
  return RECIPE.worlds.flatMap((world) => {
    const sources = collections.flatMap(
      (collection, i) => composeSource(collection, world, shares[i] ?? 0, seed, say, nearest) ?? [],
    );
    return sources.length > 0 ? Array.from({ length: RECIPE.practice[world] }, () => sources) : [];
  });
}
