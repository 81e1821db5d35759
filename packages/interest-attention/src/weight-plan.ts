import { lacks, type Architecture } from "./architecture.js";
import { comparisonCount, frameRelationCount, LIKED_IMAGE_RELATIONS } from "./relation-counts.js";

/** How a weight begins: `spread` is random, by Glorot and Bengio (2010); a number is the same everywhere. */
export type Beginning = "spread" | number | readonly number[];

/** One tensor of a model. */
export interface PlannedWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly beginning: Beginning;
  /** `fitted`: by the metric's fit, and kept as it is. `residual`: learned slowly. `learned`: by training. */
  readonly comesFrom: "fitted" | "residual" | "learned";
}

/** Sharpness of the log-sum-exp that heads begin with: the first near the largest similarity, the next near the mean. */
const BEGINNING_SHARPNESS = [8, 2];
/** What the similarities count at first in the coincidence, over all heads: training starts from a useful scorer. */
const BEGINNING_SIMILARITY_SHARE = 10;

/** Numbers at a step of the second recurrent unit. */
export function likedImageStepWidth({ projectionWidth, relations }: Architecture): number {
  return projectionWidth + (relations === "similarities" ? LIKED_IMAGE_RELATIONS : 0);
}

/** Numbers in a state of the description. */
export function stateWidth(architecture: Architecture): number {
  const { carriesInputs, description, units } = architecture;
  const carried = carriesInputs && description === "sequence" ? likedImageStepWidth(architecture) : 0;
  return (lacks(architecture, "secondGru") ? 0 : 2 * units) + carried;
}

/** Numbers at a step of the first recurrent unit. */
export function frameStepWidth(architecture: Architecture): number {
  return architecture.projectionWidth + frameRelationsOf(architecture) + architecture.appearanceWidth;
}

/** Numbers in a state of the first recurrent unit; without it a single 0 stands there. */
function firstOutputWidth(architecture: Architecture): number {
  return lacks(architecture, "firstGru") ? 1 : 2 * architecture.units;
}

/** Every tensor of a model of this architecture, in the order in which they are stored. */
export function planWeights(architecture: Architecture): PlannedWeight[] {
  const { featureWidth, pictureKinds, embeddingWidth, residualRank, projectionWidth, appearanceWidth, categories } =
    architecture;
  const heads = headsOf(architecture);
  const step = frameStepWidth(architecture);
  const state = stateWidth(architecture);

  const plan: PlannedWeight[] = [
    { name: "embedding/means", shape: [pictureKinds, featureWidth], beginning: 0, comesFrom: "fitted" },
    { name: "embedding/metric", shape: [featureWidth, embeddingWidth], beginning: "spread", comesFrom: "fitted" },
  ];
  const learned = (name: string, shape: readonly number[], beginning: Beginning) =>
    plan.push({ name, shape, beginning, comesFrom: "learned" });
  const gru = (name: string, width: number) => {
    learned(`${name}/inputKernel`, [2, width, 3 * architecture.units], "spread");
    learned(`${name}/recurrentKernel`, [2, architecture.units, 3 * architecture.units], "spread");
    learned(`${name}/bias`, [2, 1, 3 * architecture.units], 0);
  };

  if (residualRank > 0) {
    plan.push(
      { name: "embedding/down", shape: [embeddingWidth, residualRank], beginning: "spread", comesFrom: "residual" },
      { name: "embedding/up", shape: [residualRank, embeddingWidth], beginning: 0, comesFrom: "residual" },
    );
  }
  learned("history/projection", [embeddingWidth, projectionWidth], "spread");
  if (!lacks(architecture, "secondGru")) gru("history/secondGru", likedImageStepWidth(architecture));
  if (architecture.description === "sequence") learned("interest/salience", [state, heads], 0);
  learned("interest/toStep", [heads * state, step], "spread");
  learned("interest/toStepBias", [step], 0);
  if (comparesLikes(architecture)) {
    learned("interest/logSharpness", [heads, 1], logsOf(sharpnessOf(heads)));
    learned("interest/steadyLikes", [2], logsOf([8, 0.05]));
    learned("interest/steadyFrames", [2], logsOf([8, 1]));
  }
  learned("interest/projection", [embeddingWidth, projectionWidth], "spread");
  if (appearanceWidth > 0) learned("interest/appearance", [featureWidth, appearanceWidth], "spread");
  if (!lacks(architecture, "firstGru")) gru("interest/firstGru", step);
  if (lacks(architecture, "coincidence")) learned("interest/frameReading", [firstOutputWidth(architecture), 1], 0);
  else learned("interest/coincidenceScale", [1], 1);
  learned("interest/coincidenceBias", [1], 0);
  plan.push(
    { name: "interest/lead", shape: [2], beginning: 0, comesFrom: "fitted" },
    { name: "interest/sharpness", shape: [pictureKinds], beginning: 1, comesFrom: "fitted" },
  );
  if (architecture.carriesInputs && comparesLikes(architecture)) {
    const compared = comparisonCount(heads);
    if (!lacks(architecture, "coincidence")) learned("interest/carriedMatrix", [step, compared], 0);
    learned("interest/carriedBias", [compared], beginningOfCarried(heads, compared));
  }
  learned("cover/w1", [embeddingWidth + 1, 1], [...Array<number>(embeddingWidth).fill(0), 1]);
  learned("cover/b1", [1], 0);
  learned("category/w2", [embeddingWidth + 1, categories], "spread");
  learned("category/b2", [categories], 0);
  return plan;
}

/** A last state is all there is: nothing to weigh, and no single like to compare a frame with. */
function headsOf({ description, salienceHeads }: Architecture): number {
  return description === "sequence" ? salienceHeads : 1;
}

function comparesLikes({ relations, description }: Architecture): boolean {
  return relations === "similarities" && description === "sequence";
}

function frameRelationsOf(architecture: Architecture): number {
  return comparesLikes(architecture) ? frameRelationCount(architecture.salienceHeads) : 0;
}

/** Only the plain similarities count at first: they are the first of the comparisons. */
function beginningOfCarried(heads: number, compared: number): number[] {
  return Array.from({ length: compared }, (_, i) => (i < heads ? BEGINNING_SIMILARITY_SHARE / heads : 0));
}

function sharpnessOf(heads: number): number[] {
  return Array.from({ length: heads }, (_, i) => BEGINNING_SHARPNESS[i % BEGINNING_SHARPNESS.length] ?? 1);
}

function logsOf(numbers: readonly number[]): number[] {
  return numbers.map((number) => Math.log(number));
}
