import type { Architecture } from "@facet/interest-attention";
import { categoryLogits, layersOf, type Weights } from "@facet/interest-attention/training";
import { argMax, dispose, tidy, type Tensor1D } from "@tensorflow/tfjs-core";
import { CalibrationBins } from "../evaluation/calibration.js";
import { rankFrames } from "../evaluation/rank-metrics.js";
import { isCoverKnown, type TrainingGroup } from "../groups/training-group.js";
import type { JudgedVideo } from "./calibrate.js";
import { scoreBatch } from "./forward.js";
import { RECIPE } from "./recipe.js";
import type { TrainingBatch } from "./training-batch.js";

/** A validation group, and what the scorer made of it. */
export interface JudgedGroup extends JudgedVideo {
  readonly group: TrainingGroup;
  /** Whether the most probable frame is a right one; false where the cover is not known. */
  readonly hit: boolean;
  /** The chosen frame's, 0..1. */
  readonly probability: number;
  /** Number of the category that the video is taken for. */
  readonly category: number;
}

export async function judgeGroups(
  architecture: Architecture,
  weights: Weights,
  groups: readonly TrainingGroup[],
  toBatch: (groups: readonly TrainingGroup[]) => TrainingBatch,
): Promise<JudgedGroup[]> {
  const judged: JudgedGroup[] = [];
  for (let start = 0; start < groups.length; start += RECIPE.batch) {
    const part = groups.slice(start, start + RECIPE.batch);
    const [logits, probabilities, interestWeights, kind, category] = tidy(() => {
      const scored = scoreBatch(architecture, weights, toBatch(part)); // its tensors are the tidy's
      return [
        scored.logits,
        scored.probabilities,
        scored.weights,
        scored.kind,
        argMax<Tensor1D>(categoryLogits(layersOf(weights).category, scored), 1),
      ] as const;
    });
    const [z, p, a, k, c] = await Promise.all([
      logits.data<"float32">(),
      probabilities.data<"float32">(),
      interestWeights.data<"float32">(),
      kind.data<"int32">(),
      category.data<"int32">(),
    ]);
    const [, longest] = logits.shape;
    dispose([logits, probabilities, interestWeights, kind, category]);
    for (const [n, group] of part.entries()) {
      const own = (numbers: Float32Array) => numbers.slice(n * longest, n * longest + group.frames.length);
      const chosen = rankFrames([...own(p)])[0] ?? 0;
      judged.push({
        group,
        logits: own(z),
        interestWeights: own(a),
        kind: k[n] ?? 0,
        right: group.right,
        hit: group.right[chosen] === true,
        probability: own(p)[chosen] ?? 0,
        category: c[n] ?? 0,
      });
    }
  }
  return judged;
}

/** How validation is scored: by covers where any is known, or else by whether the video's category is told. */
export type ScoreName = "hit@1" | "categories told";

export function scoreNameOf(validation: readonly TrainingGroup[]): ScoreName {
  return validation.some(isCoverKnown) ? "hit@1" : "categories told";
}

/** Share of hits among the groups whose cover is known, or of categories told where no cover is. 0..1 */
export function validationScore(judged: readonly JudgedGroup[], categories: ReadonlyMap<string, number>): number {
  const known = withCovers(judged);
  if (known.length > 0) return hitRate(known);
  const told = judged.filter(({ group, category }) => group.category && categories.get(group.category) === category);
  return told.length / Math.max(1, judged.length);
}

export function withCovers(judged: readonly JudgedGroup[]): JudgedGroup[] {
  return judged.filter(({ group }) => isCoverKnown(group));
}

/** Share of hits, 0..1. */
export function hitRate(judged: readonly { readonly hit: boolean }[]): number {
  return judged.filter(({ hit }) => hit).length / Math.max(1, judged.length);
}

/** Expected calibration error, 0..1. */
export function calibrationError(judged: readonly JudgedGroup[]): number {
  return new CalibrationBins(judged).error();
}
