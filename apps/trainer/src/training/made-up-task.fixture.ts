import type { Weights } from "@facet/interest-attention/training";
import type { PhotoRef } from "../episodes/episode.js";
import type { TrainingGroup } from "../groups/training-group.js";
import { nameInterests } from "../photos/interests.fixture.js";
import type { Interest } from "../photos/photo.js";
import { seededRandom, type Random } from "../random.js";
import { fitEmbedding } from "./fit-embedding.js";
import { GroupStream } from "./group-stream.js";
import type { Labels } from "./labels.js";
import { startFromMetric } from "./starting-point.js";
import { trainWeights, type TrainingTask } from "./train-weights.js";
import { makeBatch } from "./training-batch.js";
import { hitRate, judgeGroups } from "./validate.js";
import type { VariantName } from "./variant-names.js";
import { VARIANTS } from "./variants.js";

const WIDTH = 24;
const TRAINED = 16;
const UNSEEN = 8;
/** Of a photo about its interest's place: interests overlap, as real ones do. */
const SPREAD = 0.6;

export interface MadeUpTask {
  readonly task: TrainingTask;
  /** hit@1 on interests that are not trained on; by chance a sixth. */
  readonly judgeUnseen: (weights: Weights) => Promise<number>;
  /** The same, every viewer having the likes of the one before. */
  readonly judgeSwapped: (weights: Weights) => Promise<number>;
}

/**
 * A small scorer to train on made-up features: photos of an interest lie about a place of its own. A viewer liked three
 * pictures of one interest and then one of another; the video shows both, and is about the later one.
 */
export function makeUpTask(labels: Labels, steps: number, variant: VariantName = "shipped"): MadeUpTask {
  const seed = 1;
  const interests = nameInterests(TRAINED + UNSEEN, 20);
  const featureOf = placePhotos(interests);
  const trained = interests.slice(0, TRAINED);
  const unseen = interests.slice(TRAINED);
  const metric = fitEmbedding(
    trained.map(({ photos }) => ({ weight: 1, features: photos.map((photo) => featureOf(clean(photo))) })),
  );
  const small = { residualRank: 4, projectionWidth: 6, appearanceWidth: 2, units: 6 };
  const start = startFromMetric(
    { ...VARIANTS[variant], define: (choice) => VARIANTS[variant].define({ ...small, ...choice }) },
    metric,
    WIDTH,
    trained.map(({ id, photos }) => ({ name: id, pictures: photos.map((photo) => featureOf(clean(photo))) })),
    labels.kind === "category" ? "pictures" : "random",
  );
  const categories = new Map(start.categories.map((name, number) => [name, number]));
  const toBatch: TrainingTask["toBatch"] = (groups) => makeBatch(groups, featureOf, categories, WIDTH);
  const judged = Array.from({ length: 200 }, (_, n) => makeGroup(seededRandom("judged", n), unseen));
  const swapped = judged.map((group, n) => ({ ...group, history: judged.at(n - 1)?.history ?? [] }));
  const judge = (groups: readonly TrainingGroup[]) => async (weights: Weights) =>
    hitRate(await judgeGroups(start.architecture, weights, groups, toBatch));
  const judgeUnseen = judge(judged);
  const groupAt = (n: number) => makeGroup(seededRandom(seed, n), trained);
  return {
    task: {
      ...{ architecture: start.architecture, labels, steps, seed, toBatch, rateShare: 1, validate: judgeUnseen },
      weights: start.weightsFor(seed),
      stream: new GroupStream([[{ share: 1, groupAt }]], undefined, seed),
    },
    judgeUnseen,
    judgeSwapped: judge(swapped),
  };
}

/**
 * @param losses the cover losses of the steps are put here
 * @throws Error where training stops before its end
 */
export async function trainToEnd(task: TrainingTask, losses: number[] = []): Promise<Weights> {
  const end = await trainWeights(task, {
    keep: () => Promise.resolve(),
    shouldStop: () => false,
    onStep: ({ loss }) => losses.push(loss),
  });
  if (end.kind !== "trained") throw new Error("Training stopped.");
  return end.weights;
}

function makeGroup(random: Random, interests: readonly Interest[]): TrainingGroup {
  const [early, late, ...others] = random.shuffle(interests).map((interest) => ({
    id: interest.id,
    photos: random.shuffle(interest.photos).map(clean),
  }));
  if (!early || !late) throw new RangeError("A group takes two interests.");
  const likes = [...early.photos.splice(0, 3), ...late.photos.splice(0, 1)];
  const shown = [early, late, ...others]
    .slice(0, 6)
    .flatMap(({ id, photos }) => photos.slice(0, 1).map((ref) => ({ id, ref })));
  const frames = random.shuffle(shown);
  return {
    world: "own",
    cluster: late.id,
    history: likes,
    frames: frames.map(({ ref }) => ref),
    right: frames.map(({ id }) => id === late.id),
    category: late.id,
  };
}

function placePhotos(interests: readonly Interest[]): (ref: PhotoRef) => Float32Array {
  const features = new Map(
    interests.flatMap(({ id, photos }) => {
      const place = drawFeature(id, 1);
      return photos.map(({ hash }) => [hash, drawFeature(hash, SPREAD).map((x, d) => x + (place[d] ?? 0))] as const);
    }),
  );
  return ({ photo }) => features.get(photo.hash) ?? new Float32Array(WIDTH);
}

function drawFeature(name: string, scale: number): Float32Array {
  const random = seededRandom(name);
  // Twelve fractions sum to nearly a normal number about 6.
  const normal = () => Array.from({ length: 12 }, () => random.fraction()).reduce((sum, x) => sum + x, -6);
  return Float32Array.from({ length: WIDTH }, () => scale * normal());
}

function clean(photo: Interest["photos"][number]): PhotoRef {
  return { photo, degradation: "none" };
}
