import type { TrainingGroup } from "../groups/training-group.js";
import { seededRandom } from "../random.js";
import type { GroupSource } from "./group-stream.js";
import { itemAt } from "./item-at.js";

/** A platform's own groups, all of them once, then all again in another order. */
export function ownSource(groups: readonly TrainingGroup[], share: number, seed: number): GroupSource | undefined {
  if (groups.length === 0) return undefined;
  const shuffle = (round: number) => seededRandom(seed, "own groups", round).shuffle(groups);
  let shuffled = { round: 0, groups: shuffle(0) };
  return {
    share,
    groupAt: (n) => {
      const round = Math.floor(n / groups.length);
      if (round !== shuffled.round) shuffled = { round, groups: shuffle(round) };
      return itemAt(shuffled.groups, n % groups.length);
    },
  };
}
