import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadFeatureEncoder } from "@facet/feature-encoder";
import { defineArchitecture, saveModel } from "@facet/interest-attention";
import { readBackbone } from "../backbone/read-backbone.js";
import { cacheFolder, pictureNotes } from "../cache-folder.js";
import { chooseBackend, describeBackend } from "../choose-backend.js";
import { splitCollections } from "../episodes/split-interests.js";
import type { Episode } from "../episodes/episode.js";
import { PhotoLibrary } from "../features/photo-library.js";
import type { InterestFeatures } from "../methods/fit-lda-metric.js";
import { PhotosError } from "../photos/errors.js";
import type { PhotoCollection } from "../photos/photo.js";
import { readCollections } from "../photos/read-collections.js";
import { applyTemperature, calibrateTemperature } from "./calibrate-temperature.js";
import { collectionShares, composeIfEnough, countPhotos, EpisodeStream, photosForTraining } from "./episode-stream.js";
import { fitEmbedding, initialiseWithMetric } from "./fit-embedding.js";
import { writeModelCard } from "./model-card.js";
import { RECIPE } from "./recipe.js";
import { showTraining } from "./show-training.js";
import { trainWeights } from "./train-weights.js";
import { makeBatch } from "./training-batch.js";
import { drawTrainingCurve } from "./training-curve.js";
import { DEFAULT_SEED, DEFAULT_STEPS, type TrainingOptions } from "./training-options.js";
import { judgeEpisodes, type JudgedEpisode } from "./validate.js";

/**
 * Trains a scorer on folders of interests and writes it to a folder: `model.json`, `weights.bin`, `model-card.md` and
 * `training-curve.svg`. The interests that `evaluate --held-out` judges on are never looked at.
 *
 * @param say takes lines for people
 * @throws PhotosError where the folders cannot make training groups, before anything long begins
 */
export async function runTraining(options: TrainingOptions, say: (line: string) => void): Promise<void> {
  const { steps = DEFAULT_STEPS, seed = DEFAULT_SEED } = options;
  const started = Date.now();
  const cache = cacheFolder(options.cache);
  const backbone = await readBackbone(options.backbone);
  const collections = await readCollections(options.photos, pictureNotes(cache), say);
  const parts = partInterests(collections);
  const validation = composeValidation(parts.validation, say);
  const stream = new EpisodeStream(parts.training, seed, say);
  await mkdir(options.out, { recursive: true });

  const backend = describeBackend(await chooseBackend());
  say(backend);
  const encoder = await loadFeatureEncoder(backbone);
  const library = await PhotoLibrary.open(cache, encoder);
  try {
    await library.prepare(photosForTraining([...parts.training, ...parts.validation]));
    say("Fitting the metric");
    const metric = fitEmbedding(gatherFeatures(parts.training, library));
    const categories = parts.training.flatMap(({ interests }) => interests.map(({ id }) => id));
    const architecture = defineArchitecture({
      featureWidth: encoder.width,
      embeddingWidth: metric.directions.length,
      categories: categories.length,
    });
    const numberOf = new Map(categories.map((id, number) => [id, number]));
    const toBatch = (episodes: readonly Episode[]) =>
      makeBatch(episodes, (ref) => library.get(ref).feature, numberOf, encoder.width);

    const display = showTraining(steps);
    const { weights, curve } = await trainWeights({
      architecture,
      weights: initialiseWithMetric(architecture, metric, seed),
      steps,
      seed,
      nextEpisodes: (count) => stream.take(count),
      validation,
      toBatch,
      onStep: (progress) => display.update(progress),
    });
    display.stop();

    const temperature = calibrateTemperature(await judgeEpisodes(architecture, weights, validation, toBatch));
    const calibrated = applyTemperature(weights, temperature);
    const judged = await judgeEpisodes(architecture, calibrated, validation, toBatch);
    const facts = { encoderVersion: encoder.version, architecture, categories, temperature };
    const { modelVersion } = await saveModel(options.out, facts, calibrated);
    await writeFile(join(options.out, "training-curve.svg"), drawTrainingCurve(curve));
    await writeModelCard(options.out, {
      ...facts,
      modelVersion,
      backend,
      steps,
      seed,
      seconds: Math.round((Date.now() - started) / 1000),
      dataNote: options.dataNote,
      backbone: backbone.backbone,
      collections: parts.training.map((collection, i) => ({
        name: collection.name,
        share: collectionShares(parts.training)[i] ?? 0,
        trainingInterests: collection.interests.length,
        validationInterests: parts.validation[i]?.interests.length ?? 0,
        photos: countPhotos(collection),
      })),
      judged,
    });
    say(
      `${modelVersion} is in ${options.out}: validation hit@1 ${percent(judged)}, temperature ${temperature.toFixed(2)}`,
    );
  } finally {
    await library.close();
    encoder.dispose();
  }
}

interface Parts {
  readonly training: PhotoCollection[];
  readonly validation: PhotoCollection[];
}

/** Test interests are set aside first; validation is cut from the rest. */
function partInterests(collections: readonly PhotoCollection[]): Parts {
  const { training: known } = splitCollections(collections);
  const { training, test } = splitCollections(known, {
    testShare: RECIPE.validationShare,
    seed: RECIPE.validationSeed,
    fewestTest: RECIPE.fewestValidationInterests,
  });
  if (training.every(({ interests }) => interests.length < 2)) {
    throw new PhotosError("There are too few interests to train on: some are held out, and at least 2 must be left.");
  }
  return { training, validation: test };
}

function composeValidation(collections: readonly PhotoCollection[], say: (line: string) => void): Episode[] {
  const { validationEpisodes, validationSeed } = RECIPE;
  return collections.flatMap((collection) =>
    RECIPE.worlds.flatMap((world) => composeIfEnough(collection, world, validationEpisodes, validationSeed, say)),
  );
}

/** Every clean photo's feature, by interest; a collection as a whole counts by its share. */
function gatherFeatures(collections: readonly PhotoCollection[], library: PhotoLibrary): InterestFeatures[] {
  const shares = collectionShares(collections);
  return collections.flatMap((collection, i) =>
    collection.interests.map(({ photos }) => ({
      kind: collection.name,
      features: photos.map((photo) => library.get({ photo, degradation: "none" }).feature),
      weight: (shares[i] ?? 0) / countPhotos(collection),
    })),
  );
}

function percent(judged: readonly JudgedEpisode[]): string {
  return `${((100 * judged.filter(({ hit }) => hit).length) / Math.max(1, judged.length)).toFixed(1)}%`;
}
