import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { loadFeatureEncoder } from "@facet/feature-encoder";
import { readBackbone } from "../backbone/read-backbone.js";
import { cacheFolder, pictureNotes } from "../cache-folder.js";
import { chooseBackend, describeBackend } from "../choose-backend.js";
import { composeEpisodes } from "../episodes/compose-episodes.js";
import type { Episode, World } from "../episodes/episode.js";
import { splitCollections } from "../episodes/split-interests.js";
import { PhotoLibrary } from "../features/photo-library.js";
import type { PhotoCollection } from "../photos/photo.js";
import { readCollections } from "../photos/read-collections.js";
import type { EvaluationOptions } from "./evaluation-options.js";
import { judgeMethods } from "./judge-methods.js";
import { loadShippedMethod } from "./load-shipped-method.js";
import { methodsToJudge, photosOf } from "./methods-to-judge.js";
import { renderResults } from "./result-table.js";
import type { EvaluationResults } from "./results.js";

/**
 * Judges every method on viewers and videos made from folders of interests. Whatever can be wrong with the folders, the
 * worlds or the model is said before the first photo is encoded.
 *
 * @param say takes lines for people; results go to `print`
 */
export async function runEvaluation(
  options: EvaluationOptions,
  say: (line: string) => void,
  print: (text: string) => void,
): Promise<EvaluationResults> {
  const cache = cacheFolder(options.cache);
  const backbone = await readBackbone(options.backbone);
  const { judged, fitOn } = await readJudged(options, cache, say);
  const worlds = options.worlds.map((world) => ({ world, episodes: composeForAll(judged, world, options) }));

  if (options.json) await mkdir(dirname(options.json), { recursive: true });

  say(describeBackend(await chooseBackend()));
  const encoder = await loadFeatureEncoder(backbone);
  const library = await PhotoLibrary.open(cache, encoder);
  const shipped = await loadShippedMethod(options, encoder, say);
  try {
    const shown = worlds.flatMap(({ episodes }) => episodes.flatMap(({ history, frames }) => [...history, ...frames]));
    await library.prepare([...shown, ...photosOf(fitOn)]);

    const methods = methodsToJudge(fitOn, library, encoder.width, shipped.methods);
    const verdicts = [];
    for (const { world, episodes } of worlds) {
      say(`Judging ${world}: ${episodes.length} viewers, ${methods.length} methods`);
      verdicts.push(await judgeMethods(world, episodes, methods, library, options.seed));
    }
    const results: EvaluationResults = {
      viewers: options.viewers,
      seed: options.seed,
      results: verdicts.flatMap((verdict) => verdict.results),
      differences: verdicts.flatMap((verdict) => verdict.differences),
    };
    print(renderResults(results));
    if (options.json) await writeFile(options.json, `${JSON.stringify(results, null, 2)}\n`);
    return results;
  } finally {
    await library.close();
    shipped.dispose();
    encoder.dispose();
  }
}

async function readJudged(
  options: EvaluationOptions,
  cache: string,
  say: (line: string) => void,
): Promise<{ judged: PhotoCollection[]; fitOn: PhotoCollection[] }> {
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
  // What is judged must not have fitted the metric, whichever folder it came from.
  const labels = new Set(judged.flatMap(({ interests }) => interests.map(({ label }) => label)));
  return {
    judged,
    fitOn: fitOn.map(({ name, interests }) => ({
      name,
      interests: interests.filter(({ label }) => !labels.has(label)),
    })),
  };
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
