import { createHash } from "node:crypto";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** A stream of chance that can be had again. */
export interface Random {
  /** A whole number from 0 up to and without `limit`. */
  below(limit: number): number;
  /** A number from 0 up to and without 1. */
  fraction(): number;
  /** One of the items; the list must not be empty. */
  pick<T>(items: readonly T[]): T;
  /** All items in another order. */
  shuffle<T>(items: readonly T[]): T[];
}

/** Equal parts give equal streams; any difference in them gives an unrelated one. */
export function seededRandom(...parts: readonly (string | number)[]): Random {
  const seed = createHash("sha256").update(JSON.stringify(parts)).digest().readInt32LE();
  const generator = xoroshiro128plus(seed);
  const below = (limit: number) => uniformInt(generator, 0, limit - 1);
  return {
    below,
    fraction: () => uniformFloat64(generator),
    pick: <T>(items: readonly T[]) => items[below(items.length)] as T, // `below` never leaves a list that is not empty
    shuffle: <T>(items: readonly T[]) => {
      const shuffled = [...items];
      for (let i = shuffled.length - 1; i > 0; i--) {
        const j = below(i + 1);
        [shuffled[i], shuffled[j]] = [shuffled[j] as T, shuffled[i] as T]; // both within the list
      }
      return shuffled;
    },
  };
}
