import type { ImageHash } from "@facet/domain";
import type { FeatureEncoder } from "@facet/feature-encoder";
import { learnedCategories, type Model } from "@facet/interest-attention/training";
import type { PhotoRef } from "../episodes/episode.js";
import { labelOfCategory } from "../episodes/label-of-category.js";
import type { PhotoLibrary } from "../features/photo-library.js";
import { prepareGroups } from "../groups/prepare-groups.js";
import { isCoverKnown, type TrainingGroup } from "../groups/training-group.js";
import type { InterestFeatures } from "../methods/interest-features.js";
import type { PhotoCollection } from "../photos/photo.js";
import { countPhotos, metricShares, sharesOf } from "./collection-shares.js";
import { composeKinds } from "./compose-kinds.js";
import { photosForTraining } from "./compose-for-training.js";
import { fitEmbedding, kindsWithMeans } from "./fit-embedding.js";
import { GroupStream } from "./group-stream.js";
import type { Labels } from "./labels.js";
import type { Material } from "./material.js";
import { nearestInterests } from "./nearest-interests.js";
import { ownSource } from "./own-source.js";
import { startFromMetric, startFromModel, type NamedCategory, type StartingPoint } from "./starting-point.js";
import { makeBatch, type TrainingBatch } from "./training-batch.js";
import type { TrainingOptions } from "./training-options.js";
import { VARIANTS } from "./variants.js";

/** What is trained of a command, and in which order. */
export interface TrainingPlan {
  /** On all but what is set aside for validation: it calibrates, and says how well such a training does. */
  readonly first: TrainingSetup;
  /** Anew, and on the validation interests as well; undefined where they are to stay unseen. */
  readonly last: TrainingSetup | undefined;
  /** Of the validation interests, those that the model was trained on from which training goes on, going by their names. */
  readonly knownBefore: { readonly known: number; readonly of: number };
}

/** All that the seeds have in common in one of the trainings. */
export interface TrainingSetup {
  /** What it is trained on, in words that follow "trained". */
  readonly about: string;
  readonly start: StartingPoint;
  readonly encoderVersion: string;
  readonly labels: Labels;
  readonly steps: number;
  /** None in a last training. */
  readonly validation: readonly TrainingGroup[];
  /** Number of each category. */
  readonly categories: ReadonlyMap<string, number>;
  /** Share of the training groups that are a platform's own, 0..1. */
  readonly ownShare: number;
  readonly streamOf: (seed: number) => GroupStream;
  readonly toBatch: (groups: readonly TrainingGroup[]) => TrainingBatch;
}

/** What the material is turned into features with. */
export interface Workshop {
  readonly cacheFolder: string;
  readonly encoder: FeatureEncoder;
  readonly library: PhotoLibrary;
  /** Where training starts; undefined where a metric is fitted. */
  readonly model: Model | undefined;
  readonly steps: number;
  /** Takes lines for people. */
  readonly say: (line: string) => void;
}

/** What one training is made of. */
interface Part {
  readonly about: string;
  readonly photos: readonly PhotoCollection[];
  readonly own: readonly TrainingGroup[];
  readonly validation: readonly TrainingGroup[];
}

/** Encodes what is not known yet, and settles where training starts. The long part before training. */
export async function setUpTraining(
  material: Material,
  options: TrainingOptions,
  workshop: Workshop,
): Promise<TrainingPlan> {
  const { library, model } = workshop;
  const { photos } = material;
  const groups = await prepareGroups(material.own, { ...workshop, skipBadGroups: options.skipBadGroups });
  const own = [...groups.training, ...groups.validation];
  await library.prepare(
    [...photosForTraining(photos.known), ...own.flatMap(({ history }) => history)],
    "featuresAlone",
  );

  const featureOf = featuresOf(groups.features, library);
  // The calibration of the first training has a sharpness for each: the last one must have the same.
  const ownMeans = kindsWithMeans(photos.known.flatMap(({ name, interests }) => interests.map(() => ({ kind: name }))));
  const setUp = (part: Part) => setUpPart(part, options, workshop, featureOf, ownMeans);
  return {
    first: setUp({
      about: "on all but what is set aside for validation",
      photos: photos.training,
      own: groups.training,
      validation: [...material.composed, ...groups.validation],
    }),
    // A platform's videos stay unseen: the next training, which may go on from this model, validates on them again.
    last: options.once
      ? undefined
      : setUp({ about: "on all interests", photos: photos.known, own: groups.training, validation: [] }),
    knownBefore: countKnown(photos.validation, model),
  };
}

function setUpPart(
  { about, photos, own, validation }: Part,
  options: TrainingOptions,
  { encoder, library, model, steps, say }: Workshop,
  featureOf: (ref: PhotoRef) => Float32Array,
  ownMeans: ReadonlySet<string>,
): TrainingSetup {
  const interests = interestsAsCategories(photos, featureOf);
  const named = mergeNamesakes([...interests, ...ownCategories(own, featureOf)]);
  const head = options.labels === "category" ? "pictures" : "random";
  const fitMetric = () => {
    say(`Fitting the metric on ${interests.length} interests`);
    return fitEmbedding(gatherFeatures(photos, library), ownMeans);
  };
  const start = model
    ? startFromModel(model, named)
    : startFromMetric(VARIANTS[options.variant], fitMetric(), encoder.width, named, head);
  const categories = new Map(start.categories.map((name, number) => [name, number]));
  const nearest = nearestInterests(photos, featureOf);
  const ownShare = shareOfOwn(photos, own);
  const { lambda } = VARIANTS[options.variant];
  return {
    about,
    start,
    encoderVersion: encoder.version,
    labels: options.labels === "cover" ? { kind: "cover", lambda } : { kind: "category" },
    steps,
    validation,
    categories,
    ownShare,
    streamOf: (seed) =>
      new GroupStream(
        composeKinds(photos, seed, () => undefined, nearest),
        ownSource(own, ownShare, seed),
        seed,
      ),
    toBatch: (batch) => makeBatch(batch, featureOf, categories, encoder.width),
  };
}

function countKnown(validation: readonly PhotoCollection[], model: Model | undefined): TrainingPlan["knownBefore"] {
  const labels = new Set(validation.flatMap(({ interests }) => interests.map(({ label }) => label)));
  const learned = new Set(model ? learnedCategories(model.description).map(labelOfCategory) : []);
  return { known: [...labels].filter((label) => learned.has(label)).length, of: labels.size };
}

/** Every clean photo's feature, by interest; a collection as a whole counts by its share. */
function gatherFeatures(collections: readonly PhotoCollection[], library: PhotoLibrary): InterestFeatures[] {
  const shares = metricShares(collections);
  return collections.flatMap((collection, i) =>
    collection.interests.map(({ photos }) => ({
      kind: collection.name,
      features: photos.map((photo) => library.feature({ photo, degradation: "none" })),
      weight: (shares[i] ?? 0) / countPhotos(collection),
    })),
  );
}

function interestsAsCategories(
  collections: readonly PhotoCollection[],
  featureOf: (ref: PhotoRef) => Float32Array,
): NamedCategory[] {
  return collections.flatMap(({ interests }) =>
    interests.map(({ id, photos }) => ({
      name: id,
      pictures: photos.map((photo) => featureOf({ photo, degradation: "none" })),
    })),
  );
}

/** A file of groups may be called as a folder of photos is, and its category as an interest in it. */
function mergeNamesakes(named: readonly NamedCategory[]): NamedCategory[] {
  const pictures = new Map<string, readonly Float32Array[]>();
  for (const category of named) {
    pictures.set(category.name, [...(pictures.get(category.name) ?? []), ...category.pictures]);
  }
  return [...pictures].map(([name, all]) => ({ name, pictures: all }));
}

/** A video's cover shows its category; where no cover is known, the video as a whole does. */
function ownCategories(groups: readonly TrainingGroup[], featureOf: (ref: PhotoRef) => Float32Array): NamedCategory[] {
  const names = [...new Set(groups.flatMap(({ category }) => category ?? []))].sort();
  return names.map((name) => ({
    name,
    pictures: groups
      .filter(({ category }) => category === name)
      .flatMap((group) => group.frames.filter((_, i) => group.right[i] === true || !isCoverKnown(group)))
      .map(featureOf),
  }));
}

/** Frames of videos have features of their own; everything else is a photo. */
function featuresOf(
  frames: ReadonlyMap<ImageHash, Float32Array>,
  library: PhotoLibrary,
): (ref: PhotoRef) => Float32Array {
  return (ref) => frames.get(ref.photo.hash) ?? library.feature(ref);
}

/** A platform's groups count as one more collection, by its number of pictures. */
function shareOfOwn(collections: readonly PhotoCollection[], own: readonly TrainingGroup[]): number {
  const pictures = new Set(
    own.flatMap(({ history, frames }) => [...history, ...frames].map(({ photo }) => photo.hash)),
  );
  if (pictures.size === 0) return 0;
  return sharesOf([pictures.size, ...collections.map(countPhotos)])[0] ?? 0;
}
