import type { LookAlikes } from "../episodes/compose-episodes.js";
import type { PhotoCollection } from "../photos/photo.js";
import { collectionShares } from "./collection-shares.js";
import { composeSource } from "./episode-source.js";
import type { GroupSource } from "./group-stream.js";
import { RECIPE } from "./recipe.js";

/** A world that training draws from, with a source for every collection that is large enough for it. */
export interface PractisedWorld {
  readonly world: TrainedWorld;
  readonly sources: readonly GroupSource[];
}

export type TrainedWorld = (typeof RECIPE.worlds)[number];

/**
 * The worlds that training draws from; those that no collection is large enough for are left out.
 *
 * @param say     is told which collection is too small for which world
 * @param nearest which interests look alike: see `nearestInterests`; where it is empty, videos are made of any
 */
export function composeWorlds(
  collections: readonly PhotoCollection[],
  seed: number,
  say: (line: string) => void,
  nearest: LookAlikes["nearest"],
): PractisedWorld[] {
  const shares = collectionShares(collections);
  return RECIPE.worlds.flatMap((world) => {
    const sources = collections.flatMap(
      (collection, i) => composeSource(collection, world, shares[i] ?? 0, seed, say, nearest) ?? [],
    );
    return sources.length > 0 ? [{ world, sources }] : [];
  });
}

/** The sources of each world, as often as its practice says. */
export function composeKinds(...what: Parameters<typeof composeWorlds>): (readonly GroupSource[])[] {
  return composeWorlds(...what).flatMap(({ world, sources }) =>
    Array.from({ length: RECIPE.practice[world] }, () => sources),
  );
}
