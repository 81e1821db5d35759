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

/** A collection and a world that it has photos enough for. */
interface Source {
  readonly collection: PhotoCollection;
  readonly world: World;
  portion: number;
  waiting: Episode[];
}

/** Training groups without end: worlds in turn, collections by their shares. Equal seeds give equal streams. */
export class EpisodeStream {
  readonly #random: Random;
  readonly #shares: ReadonlyMap<PhotoCollection, number>;
  readonly #sources: ReadonlyMap<World, readonly Source[]>;
  #drawn = 0;

  /**
   * @param say is told which collection is too small for which world
   * @throws PhotosError where no collection is large enough for any
   */
  constructor(
    collections: readonly PhotoCollection[],
    private readonly seed: number,
    say: (line: string) => void,
  ) {
    this.#random = seededRandom(seed, "episode stream");
    const shares = collectionShares(collections);
    this.#shares = new Map(collections.map((collection, i) => [collection, shares[i] ?? 0]));
    const usable = RECIPE.worlds.map((world): [World, Source[]] => [
      world,
      collections.flatMap((collection) => {
        const waiting = composeIfEnough(collection, world, PORTION, this.#seedOf(collection, world, 0), say);
        return waiting.length > 0 ? [{ collection, world, portion: 1, waiting }] : [];
      }),
    ]);
    this.#sources = new Map(usable.filter(([, sources]) => sources.length > 0));
    if (this.#sources.size === 0) throw new PhotosError("No folder has photos enough to train on.");
  }

  take(count: number): Episode[] {
    const worlds = [...this.#sources.values()];
    return Array.from({ length: count }, () => this.#next(this.#draw(worlds[this.#drawn++ % worlds.length] ?? [])));
  }

  #draw(sources: readonly Source[]): Source {
    const total = sources.reduce((sum, { collection }) => sum + (this.#shares.get(collection) ?? 0), 0);
    let place = this.#random.fraction() * total;
    const drawn = sources.find(({ collection }) => (place -= this.#shares.get(collection) ?? 0) < 0) ?? sources[0];
    if (!drawn) throw new RangeError("A world has no collection."); // such worlds were left out
    return drawn;
  }

  #next(source: Source): Episode {
    const { collection, world } = source;
    if (source.waiting.length === 0) {
      const seed = this.#seedOf(collection, world, source.portion++);
      source.waiting = composeForTraining(collection, world, PORTION, seed);
    }
    const episode = source.waiting.pop();
    if (!episode) throw new PhotosError(`${collection.name} gives no video of ${world}.`);
    return episode;
  }

  #seedOf(collection: PhotoCollection, world: World, portion: number): number {
    return seededRandom(this.seed, collection.name, world, portion).below(2 ** 31);
  }
}

/** None, and a line that says so, where the collection cannot make such videos. */
export function composeIfEnough(
  collection: PhotoCollection,
  world: World,
  count: number,
  seed: number,
  say: (line: string) => void,
): Episode[] {
  try {
    return composeForTraining(collection, world, count, seed);
  } catch (error) {
    if (!(error instanceof PhotosError)) throw error;
    say(`Left out: ${error.message}`);
    return [];
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
