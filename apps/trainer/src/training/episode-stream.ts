import { composeEpisodes } from "../episodes/compose-episodes.js";
import type { Episode, PhotoRef, World } from "../episodes/episode.js";
import { PhotosError } from "../photos/errors.js";
import { degradationOf } from "../photos/degrade.js";
import type { Interest, PhotoCollection } from "../photos/photo.js";
import { seededRandom, type Random } from "../random.js";
import { RECIPE } from "./recipe.js";

/** Episodes of one kind composed at once. */
const PORTION = 256;

/** How much each collection counts: a power of its number of photos, all together 1. */
export function collectionShares(collections: readonly PhotoCollection[]): number[] {
  const sizes = collections.map((collection) => countPhotos(collection) ** RECIPE.collectionPower);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return sizes.map((size) => size / total);
}

export function countPhotos({ interests }: PhotoCollection): number {
  return interests.reduce((sum, { photos }) => sum + photos.length, 0);
}

/** Training groups without end: worlds in turn, collections by their shares. Equal seeds give equal streams. */
export class EpisodeStream {
  readonly #random: Random;
  readonly #shares: number[];
  readonly #waiting = new Map<string, { portion: number; episodes: Episode[] }>();
  #drawn = 0;

  constructor(
    private readonly collections: readonly PhotoCollection[],
    private readonly seed: number,
  ) {
    this.#random = seededRandom(seed, "episode stream");
    this.#shares = collectionShares(collections);
  }

  take(count: number): Episode[] {
    return Array.from({ length: count }, () => {
      const world = RECIPE.worlds[this.#drawn++ % RECIPE.worlds.length] ?? "W1";
      return this.#next(this.#drawCollection(), world);
    });
  }

  #drawCollection(): PhotoCollection {
    let place = this.#random.fraction();
    const found = this.collections.find((_, i) => (place -= this.#shares[i] ?? 0) < 0) ?? this.collections[0];
    if (!found) throw new PhotosError("There is no collection to train on.");
    return found;
  }

  #next(collection: PhotoCollection, world: World): Episode {
    const key = `${collection.name} ${world}`;
    const waiting = this.#waiting.get(key) ?? { portion: 0, episodes: [] };
    this.#waiting.set(key, waiting);
    if (waiting.episodes.length === 0) {
      const seed = seededRandom(this.seed, key, waiting.portion++).below(2 ** 31);
      waiting.episodes = composeForTraining(collection, world, PORTION, seed);
    }
    const episode = waiting.episodes.pop();
    if (!episode) throw new PhotosError(`${collection.name} gives no video of ${world}.`);
    return episode;
  }
}

/** Viewers and videos of a world from one collection, as training and validation compose them. */
export function composeForTraining(
  { name, interests }: PhotoCollection,
  world: World,
  count: number,
  seed: number,
): Episode[] {
  const usable = world === "W5" ? interests.map(onlyDegradable) : interests;
  return composeEpisodes(usable, world, count, seed, name);
}

/** Every photo in every state that training may show it in. */
export function photosForTraining(collections: readonly PhotoCollection[]): PhotoRef[] {
  return collections.flatMap(({ interests }) =>
    interests.flatMap((interest) => [
      ...interest.photos.map((photo): PhotoRef => ({ photo, degradation: "none" })),
      ...onlyDegradable(interest).photos.map((photo): PhotoRef => ({ photo, degradation: degradationOf(photo.hash) })),
    ]),
  );
}

function onlyDegradable(interest: Interest): Interest {
  return { ...interest, photos: interest.photos.slice(0, RECIPE.degradedPhotos) };
}
