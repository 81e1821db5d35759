import { basename, resolve } from "node:path";
import { cacheFolder, pictureNotes } from "../../cache-folder.js";
import { splitCollections } from "../../episodes/split-interests.js";
import { prepareFile } from "../../output-files.js";
import type { PhotoCollection } from "../../photos/photo.js";
import { readCollections } from "../../photos/read-collections.js";
import type { QualityWeights } from "@facet/frame-extraction";
import { chooseL2 } from "./choose-l2.js";
import { fitWeights } from "./fit-weights.js";
import { judgeWeights, logLosses } from "./judge-weights.js";
import { makeExamples } from "./make-examples.js";
import { weighExamples } from "./quality-example.js";
import { renderVerdicts, renderWeightTable } from "./render-fit.js";
import { writeWeights } from "./write-weights.js";

export interface FitQualityOptions {
  /** Folders of interests. */
  readonly photos: readonly string[];
  /** The module to write. */
  readonly out: string;
  readonly perInterest: number;
  readonly seed: number;
  readonly cache?: string;
}

/** Cuts validation interests off the training ones: another seed than that which holds the test interests out. */
const VALIDATION_SEED = 2;

/**
 * Fits the weights of the quality score on photos and on spoiled copies of them, and judges them on interests that
 * nothing was fitted on. The weights written are those that were judged.
 *
 * @throws OutputFileError where they could not be written: before the first photo is looked at
 */
export async function runFitQuality(
  options: FitQualityOptions,
  say: (line: string) => void,
  print: (text: string) => void,
): Promise<QualityWeights> {
  const { perInterest, seed } = options;
  prepareFile("--out", options.out);
  const collections = await readCollections(options.photos, pictureNotes(cacheFolder(options.cache)), say);
  const { training, test } = splitCollections(collections);
  say(`Fitting on ${describe(training, perInterest)}, judging on ${describe(test, perInterest)}`);
  // Made apart: films and dissolves are of photos of several interests.
  const parts = splitCollections(training, { seed: VALIDATION_SEED });
  const [fitted, validation] = [
    await makeExamples(parts.training, perInterest, seed),
    await makeExamples(parts.test, perInterest, seed),
  ];
  const l2 = chooseL2(fitted, validation);
  const examples = await makeExamples(training, perInterest, seed);
  const weights = fitWeights(examples, l2);
  print(renderWeightTable(weights));

  const judged = await makeExamples(test, perInterest, seed);
  print(renderVerdicts(judgeWeights(judged, weights, seed)));
  const losses = logLosses(judged, weights, weighExamples(judged));
  const loss = losses.reduce((sum, one) => sum + one, 0) / losses.length;
  say(`L2 ${l2}; log-loss ${loss.toFixed(3)} on interests held out (0.693 is chance)`);
  const names = options.photos.map((folder) => basename(resolve(folder)));
  await writeWeights(options.out, weights, {
    command: `npm run fit-quality -- ${names.map((name) => `--photos ${name}`).join(" ")} --per-interest ${perInterest} --seed ${seed} --out ${basename(options.out)}`,
    data: `${examples.length} pictures of ${describe(training, perInterest)} of the folders ${names.join(" and ")}; L2 ${l2}, chosen on a fifth of those interests`,
    date: new Date().toISOString().slice(0, 10),
  });
  say(`Written: ${options.out}`);
  return weights;
}

function describe(collections: readonly PhotoCollection[], perInterest: number): string {
  const interests = collections.flatMap((collection) => collection.interests);
  const photos = interests.reduce((sum, interest) => sum + Math.min(perInterest, interest.photos.length), 0);
  return `${photos} photos of ${interests.length} interests`;
}
