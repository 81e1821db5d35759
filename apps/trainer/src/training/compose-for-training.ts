import { composeEpisodes, type ViewerWish } from "../episodes/compose-episodes.js";
import type { Episode, PhotoRef, World } from "../episodes/episode.js";
import { degradationOf } from "../photos/degrade.js";
import { PhotosError } from "../photos/errors.js";
import type { Interest, PhotoCollection } from "../photos/photo.js";
import { RECIPE } from "./recipe.js";

/** None, and a line that says so, where the collection cannot make such videos. */
export function composeIfEnough(
  collection: PhotoCollection,
  world: World,
  count: number,
  seed: number,
  say: (line: string) => void,
  wish?: ViewerWish,
): Episode[] {
  try {
    return composeForTraining(collection, world, count, seed, wish);
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
  wish: ViewerWish = {},
): Episode[] {
  if (world !== "W5") return composeEpisodes(interests, world, count, seed, name, wish);
  const usable = new Map(interests.map((interest) => [interest, onlyDegradable(interest)]));
  const { likeable = interests } = wish;
  return composeEpisodes([...usable.values()], world, count, seed, name, {
    ...wish,
    likeable: likeable.flatMap((interest) => usable.get(interest) ?? []),
  });
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
