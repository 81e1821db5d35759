import type { LookAlikes } from "../episodes/compose-episodes.js";
import type { Episode, World } from "../episodes/episode.js";
import type { PhotoCollection } from "../photos/photo.js";
import { seededRandom } from "../random.js";
import { composeForTraining, composeIfEnough } from "./compose-for-training.js";
import type { GroupSource } from "./group-stream.js";
import { itemAt } from "./item-at.js";
import { RECIPE } from "./recipe.js";

/** Episodes of one kind composed at once. */
const PORTION = 256;

/**
 * The episodes of one collection and world, as many as are asked for. Each portion is composed from a seed of its own,
 * so that any episode can be had without those before it.
 *
 * @param say     is told where the collection is too small for the world; then there is no source
 * @param nearest which interests look alike, by id; where it is empty, videos are made of any
 */
export function composeSource(
  collection: PhotoCollection,
  world: World,
  share: number,
  seed: number,
  say: (line: string) => void,
  nearest: LookAlikes["nearest"],
): GroupSource | undefined {
  const seedOf = (portion: number) => seededRandom(seed, collection.name, world, portion).below(2 ** 31);
  const wish = { thinned: RECIPE.thinnedHistories, lookAlikes: { ...RECIPE.lookAlikes, nearest } };
  let composed = { portion: 0, episodes: composeIfEnough(collection, world, PORTION, seedOf(0), say, wish) };
  if (composed.episodes.length === 0) return undefined;
  return {
    share,
    groupAt: (n): Episode => {
      const portion = Math.floor(n / PORTION);
      if (portion !== composed.portion) {
        composed = { portion, episodes: composeForTraining(collection, world, PORTION, seedOf(portion), wish) };
      }
      return itemAt(composed.episodes, n % PORTION);
    },
  };
}
