import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { FacetError } from "@facet/domain";
import type { FeatureEncoder } from "@facet/feature-encoder";
import { disposeWeights, loadModel, type Model } from "@facet/interest-attention/training";
import { readBackbone } from "../backbone/read-backbone.js";
import { cacheFolder, pictureNotes } from "../cache-folder.js";
import { chooseBackend, describeBackend } from "../choose-backend.js";
import { percent } from "../evaluation/figures.js";
import { describeEncoder, loadEncoder } from "../load-encoder.js";
import { PhotoLibrary } from "../features/photo-library.js";
import { digest, type TaskFingerprint } from "./checkpoint/task-fingerprint.js";
import { copyModel } from "./copy-model.js";
import { prepareFolder } from "../output-files.js";
import { StartingModelError, TrainingInputError } from "./errors.js";
import { itemAt } from "./item-at.js";
import { readMaterial, type Material } from "./material.js";
import type { StartingScore } from "./model-card/card-facts.js";
import { writeModelCard } from "./model-card/write-model-card.js";
import { RECIPE } from "./recipe.js";
import { SeedFolders } from "./seed-folders.js";
import { shippedWeights } from "./shipped-weights.js";
import { trainSeed, type TrainedSeed } from "./train-seed.js";
import { DEFAULT_STEPS, DEFAULT_STEPS_FROM_MODEL, type TrainingOptions } from "./training-options.js";
import { setUpTraining, type TrainingSetup } from "./training-setup.js";
import { judgeGroups, scoreNameOf, validationScore } from "./validate.js";
import { DEFAULT_VARIANT } from "./variant-names.js";
import { VARIANTS } from "./variants.js";

/**
 * Trains a scorer on folders of interests, on a platform's own groups, or both, and writes it to a folder: `model.json`,
 * `weights.bin`, `model-card.md` and `training-curve.svg`. The interests that `evaluate --held-out` judges on are never
 * looked at. A training that was stopped goes on where it was when it is started again.
 *
 * @param say takes lines for people
 * @throws TrainingInputError, OutputFileError, StartingModelError: before the first picture is looked at; PhotosError, GroupsError where
 *   there is nothing to train on, CheckpointMismatchError: before anything long begins; TrainingStoppedError where a signal ended it
 */
export async function runTraining(asked: TrainingOptions, say: (line: string) => void): Promise<void> {
  const cache = cacheFolder(asked.cache);
  const from = startingFolder(asked);
  const options = { ...asked, once: asked.once || from !== undefined };
  const backbone = await readBackbone(options.backbone);
  const notes = await Promise.all(options.cardNotes.map(readNote));
  prepareFolder("--out", options.out);
  const backend = describeBackend(await chooseBackend());
  const encoder = await loadEncoder(backbone);
  const release: (() => unknown)[] = [() => encoder.dispose()];
  try {
    const model = from === undefined ? undefined : await loadStartingModel(from, encoder);
    if (model) release.push(() => disposeWeights(model.weights));
    const material = await readMaterial(options, pictureNotes(cache), say);

    say(backend);
    say(describeEncoder(encoder));
    const steps = options.steps ?? (model ? DEFAULT_STEPS_FROM_MODEL : DEFAULT_STEPS);
    const task = fingerprint(options, material, encoder.version, model, steps);
    const places = await openFolders(options, task);
    const library = await PhotoLibrary.open(cache, encoder);
    release.push(() => library.close());
    const plan = await setUpTraining(material, options, { cacheFolder: cache, encoder, library, model, steps, say });
    const before = model && (await scoreOfStart(plan.first, model));
    const trained: TrainedSeed[] = [];
    for (const place of places) trained.push(await trainSeed(plan, place, options.variant, say));
    const chosen = middleOf(trained);
    if (chosen.folder !== options.out) await copyModel(chosen.folder, options.out);
    await writeModelCard(options.out, {
      ...{ options, material, plan, chosen, trained, backend, notes },
      backbone: backbone.backbone,
      startedFrom: before,
    });
    for (const place of places) await place.close();
    if (before && before.score >= chosen.score) {
      say(`Validation did not gain by training: ${before.modelVersion} had ${percent(before.score)}%.`);
    }
    const { validation } = plan.first;
    const score = `validation ${scoreNameOf(validation)} ${percent(chosen.score)}% of ${validation.length} groups`;
    say(
      `${chosen.modelVersion} is in ${options.out}: ${score}${plan.last ? ", before it was trained on their interests too" : ""}`,
    );
  } finally {
    for (const free of release.reverse()) await free();
  }
}

/** Groups alone are too few to fit a metric on: they go on from a model. */
function startingFolder({ from, photos, variant }: TrainingOptions): string | undefined {
  const folder = from ?? (photos.length === 0 ? shippedWeights() : undefined);
  if (folder !== undefined && variant !== DEFAULT_VARIANT) {
    throw new TrainingInputError(
      `The variant ${variant} is trained from the beginning: it takes --photos, and no --from.`,
    );
  }
  return folder;
}

async function loadStartingModel(folder: string, encoder: FeatureEncoder): Promise<Model> {
  const model = await readStartingModel(folder);
  const { encoderVersion } = model.description;
  if (encoderVersion === encoder.version) return model;
  disposeWeights(model.weights);
  throw new StartingModelError(folder, encoderVersion, encoder.version);
}

async function readStartingModel(folder: string): Promise<Model> {
  try {
    return await loadModel(folder);
  } catch (error) {
    throw error instanceof FacetError
      ? new TrainingInputError(`Training cannot go on from the model in ${folder} (--from). ${error.message}`, {
          cause: error,
        })
      : error;
  }
}

/** What training starts from, on the same validation groups: whether there was a gain is seen by it. */
async function scoreOfStart(setup: TrainingSetup, { description }: Model): Promise<StartingScore> {
  const { start, validation, toBatch, categories } = setup;
  const weights = start.weightsFor(0);
  const score = validationScore(await judgeGroups(start.architecture, weights, validation, toBatch), categories);
  disposeWeights(weights);
  return { modelVersion: description.modelVersion, score };
}

async function readNote(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new TrainingInputError(`${file} is not a file that can be read: --card-note takes a file of Markdown.`, {
      cause,
    });
  }
}

function fingerprint(
  { labels, variant }: TrainingOptions,
  material: Material,
  encoderVersion: string,
  model: Model | undefined,
  steps: number,
): TaskFingerprint {
  const { define, lambda } = VARIANTS[variant];
  return {
    "the photos and groups": material.digest,
    steps: String(steps),
    labels,
    variant,
    "the recipe": digest([RECIPE, lambda]),
    "the architecture": digest(define({ featureWidth: 1, categories: 1 })),
    encoder: encoderVersion,
    "the model to start from": model?.description.modelVersion ?? "none",
  };
}

/** One seed's model goes straight to the folder; several have a folder each in it. */
async function openFolders(
  { out, seeds, restart }: TrainingOptions,
  task: TaskFingerprint,
): Promise<readonly SeedFolders[]> {
  const isOneOfSeveral = seeds.length > 1;
  const places = seeds.map((seed) => {
    const folder = isOneOfSeveral ? join(out, `seed-${seed}`) : out;
    return new SeedFolders(folder, seed, task, isOneOfSeveral);
  });
  for (const place of places) await (restart ? place.discard() : place.check());
  return places;
}

/** By the validation score; of an even number, the lower of the two in the middle. */
function middleOf(trained: readonly TrainedSeed[]): TrainedSeed {
  const sorted = [...trained].sort((a, b) => a.score - b.score);
  return itemAt(sorted, Math.floor((sorted.length - 1) / 2));
}
