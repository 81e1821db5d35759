import { pictureNotes } from "../cache-folder.js";
import { composeEpisodes } from "../episodes/compose-episodes.js";
import type { Episode, World } from "../episodes/episode.js";
import { splitCollections } from "../episodes/split-interests.js";
import type { Interest, PhotoCollection } from "../photos/photo.js";
import { readCollections } from "../photos/read-collections.js";
import type { EvaluationOptions } from "./evaluation-options.js";

export interface JudgedPhotos {
  readonly judged: readonly PhotoCollection[];
  /** Interests that are not judged, by which the LDA metric is fitted; none unless asked for. */
  readonly fitOn: readonly PhotoCollection[];
  readonly worlds: readonly { readonly world: World; readonly episodes: readonly Episode[] }[];
}

/**
 * Reads the folders and makes the viewers and videos of every world.
 *
 * @throws PhotosError where the folders cannot make them
 */
export async function readJudged(
  options: EvaluationOptions,
  cache: string,
  say: (line: string) => void,
): Promise<JudgedPhotos> {
  const read = (folders: readonly string[]) => readCollections(folders, pictureNotes(cache), say);
  const given = await read(options.photos);
  const split = splitCollections(given);
  const judged = options.heldOut ? split.test : given;
  const fitOn =
    options.fitPhotos.length > 0
      ? splitCollections(await read(options.fitPhotos)).training
      : options.heldOut
        ? split.training
        : [];

  for (const { name, interests } of judged)
    say(`${name}: ${interests.length} interests${options.heldOut ? " held out" : ""}`);
  const fitting = withoutJudged(fitOn, judged);
  if (fitting.length === 0) say(`There are no lda methods, the strongest of the simple ones: ${whyNoMetric(fitOn)}`);
  return {
    judged,
    fitOn: fitting,
    worlds: options.worlds.map((world) => ({ world, episodes: composeForAll(judged, world, options) })),
  };
}

function whyNoMetric(fitOn: readonly PhotoCollection[]): string {
  return fitOn.length > 0
    ? "every interest that would fit their metric is judged, or has a photo that is."
    : "nothing fits their metric. Give other interests for it (--fit-photos DIR), or judge the held-out ones alone (--held-out).";
}

/** What is judged must not have fitted the metric, whichever folder it came from and under whatever name it lies there. */
function withoutJudged(fitOn: readonly PhotoCollection[], judged: readonly PhotoCollection[]): PhotoCollection[] {
  const interests = judged.flatMap((collection) => collection.interests);
  const labels = new Set(interests.map(({ label }) => label));
  const hashes = new Set(interests.flatMap(({ photos }) => photos.map(({ hash }) => hash)));
  const isJudged = ({ label, photos }: Interest) => labels.has(label) || photos.some(({ hash }) => hashes.has(hash));
  return fitOn
    .map((collection) => ({ ...collection, interests: collection.interests.filter((interest) => !isJudged(interest)) }))
    .filter((collection) => collection.interests.length > 0);
}

function composeForAll(
  collections: readonly PhotoCollection[],
  world: World,
  { viewers, seed }: EvaluationOptions,
): Episode[] {
  return collections.flatMap(({ name, interests }, i) => {
    const share = Math.floor((viewers * (i + 1)) / collections.length) - Math.floor((viewers * i) / collections.length);
    return composeEpisodes(interests, world, share, seed, name);
  });
}
