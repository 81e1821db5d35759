import type { ImageHash } from "@facet/domain";
import type { FeatureEncoder } from "@facet/feature-encoder";
import type { Model } from "@facet/interest-attention/training";
import type { PhotoRef } from "../episodes/episode.js";
import type { PhotoLibrary } from "../features/photo-library.js";
import { prepareGroups, type PreparedGroups } from "../groups/prepare-groups.js";
import { isCoverKnown, type TrainingGroup } from "../groups/training-group.js";
import type { InterestFeatures } from "../methods/interest-features.js";
import type { PhotoCollection } from "../photos/photo.js";
import { countPhotos, metricShares, sharesOf } from "./collection-shares.js";
import { composeKinds } from "./compose-kinds.js";
import { photosForTraining } from "./compose-for-training.js";
import { fitEmbedding } from "./fit-embedding.js";
import { GroupStream } from "./group-stream.js";
import type { Labels } from "./labels.js";
import type { Material } from "./material.js";
import { nearestInterests } from "./nearest-interests.js";
import { ownSource } from "./own-source.js";
import { startFromMetric, startFromModel, type NamedCategory, type StartingPoint } from "./starting-point.js";
import { makeBatch, type TrainingBatch } from "./training-batch.js";
import type { TrainingOptions } from "./training-options.js";
import { VARIANTS } from "./variants.js";

/** All that the seeds of a training have in common. */
export interface TrainingSetup {
  readonly start: StartingPoint;
  readonly encoderVersion: string;
  readonly labels: Labels;
  readonly steps: number;
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

/** Encodes what is not known yet, and settles where training starts. The long part before training. */
export async function setUpTraining(
  material: Material,
  options: TrainingOptions,
  workshop: Workshop,
): Promise<TrainingSetup> {
  const { encoder, library, model, say } = workshop;
  const { photos } = material;
  const groups = await prepareGroups(material.own, { ...workshop, skipBadGroups: options.skipBadGroups });
  const own = [...groups.training, ...groups.validation];
  await library.prepare(
    [...photosForTraining([...photos.training, ...photos.validation]), ...own.flatMap(({ history }) => history)],
    "featuresAlone",
  );

  const featureOf = featuresOf(groups.features, library);
  const named = [...interestsAsCategories(photos.training, featureOf), ...ownCategories(groups.training, featureOf)];
  const head = options.labels === "category" ? "pictures" : "random";
  const start = model
    ? startFromModel(model, named)
    : startFromMetric(VARIANTS[options.variant], fitMetric(photos.training, library, say), encoder.width, named, head);
  const categories = new Map(start.categories.map((name, number) => [name, number]));
  const nearest = nearestInterests(photos.training, featureOf);
  const ownShare = shareOfOwn(photos.training, groups);
  const { lambda } = VARIANTS[options.variant];
  return {
    start,
    encoderVersion: encoder.version,
    labels: options.labels === "cover" ? { kind: "cover", lambda } : { kind: "category" },
    steps: workshop.steps,
    validation: [...material.composed, ...groups.validation],
    categories,
    ownShare,
    streamOf: (seed) =>
      new GroupStream(
        composeKinds(photos.training, seed, () => undefined, nearest),
        ownSource(groups.training, ownShare, seed),
        seed,
      ),
    toBatch: (batch) => makeBatch(batch, featureOf, categories, encoder.width),
  };
}

function fitMetric(collections: readonly PhotoCollection[], library: PhotoLibrary, say: (line: string) => void) {
  say("Fitting the metric");
  return fitEmbedding(gatherFeatures(collections, library));
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
function shareOfOwn(collections: readonly PhotoCollection[], { training }: PreparedGroups): number {
  const pictures = new Set(
    training.flatMap(({ history, frames }) => [...history, ...frames].map(({ photo }) => photo.hash)),
  );
  if (pictures.size === 0) return 0;
  return sharesOf([pictures.size, ...collections.map(countPhotos)])[0] ?? 0;
}
