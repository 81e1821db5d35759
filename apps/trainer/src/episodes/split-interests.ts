import { createHash } from "node:crypto";
import type { Interest, PhotoCollection } from "../photos/photo.js";

export interface SplitOptions {
  /** Share of the interests held out, 0..1. Default 0.2. */
  readonly testShare?: number;
  /** Another seed holds out other interests. Default 1. */
  readonly seed?: number;
  /** Held out of a small collection in any case, though never more than 2 of 5: with fewer there is no video to make. Default 8. */
  readonly fewestTest?: number;
}

/**
 * Holds interests out by the hash of their label, so that an interest is on the same side whatever else is in its
 * folder; of a small one, where too few would be held out, the next by that hash are, and such a one may change sides as
 * the folder grows. A label that is held out in one collection is held out in all: two folders of cats are one thing to learn.
 */
export function splitCollections(
  collections: readonly PhotoCollection[],
  options: SplitOptions = {},
): { readonly training: PhotoCollection[]; readonly test: PhotoCollection[] } {
  const heldOut = new Set(collections.flatMap(({ interests }) => chooseTestLabels(interests, options)));
  const side = (isTest: boolean) =>
    collections.map(({ name, interests }) => ({
      name,
      interests: interests.filter(({ label }) => heldOut.has(label) === isTest),
    }));
  return { training: side(false), test: side(true) };
}

function chooseTestLabels(interests: readonly Interest[], options: SplitOptions): string[] {
  const { testShare = 0.2, seed = 1, fewestTest = 8 } = options;
  const byPlace = interests
    .map(({ label }) => ({
      label,
      place: createHash("sha256").update(`${seed} ${label}`).digest().readUInt32LE() / 2 ** 32,
    }))
    .sort((a, b) => a.place - b.place);
  const fewest = Math.min(fewestTest, Math.floor(interests.length * 0.4));
  return byPlace.filter(({ place }, i) => place < testShare || i < fewest).map(({ label }) => label);
}
