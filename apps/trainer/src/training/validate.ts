import type { Architecture, Weights } from "@facet/interest-attention";
import { tidy } from "@tensorflow/tfjs-core";
import { CalibrationBins } from "../evaluation/calibration.js";
import { rankFrames } from "../evaluation/rank-metrics.js";
import type { Episode } from "../episodes/episode.js";
import type { JudgedLogits } from "./calibrate-temperature.js";
import { scoreBatch } from "./forward.js";
import { RECIPE } from "./recipe.js";
import type { TrainingBatch } from "./training-batch.js";

/** A video of the validation interests, and what the scorer made of it. */
export interface JudgedEpisode extends JudgedLogits {
  readonly episode: Episode;
  readonly hit: boolean;
  /** The chosen frame's, 0..1. */
  readonly probability: number;
}

export async function judgeEpisodes(
  architecture: Architecture,
  weights: Weights,
  episodes: readonly Episode[],
  toBatch: (episodes: readonly Episode[]) => TrainingBatch,
): Promise<JudgedEpisode[]> {
  const judged: JudgedEpisode[] = [];
  for (let start = 0; start < episodes.length; start += RECIPE.batch) {
    const part = episodes.slice(start, start + RECIPE.batch);
    const [logits, probabilities] = tidy(() => {
      const scored = scoreBatch(architecture, weights, toBatch(part)); // its tensors are the tidy's
      return [scored.logits, scored.probabilities] as const;
    });
    const [z, p] = await Promise.all([logits.data<"float32">(), probabilities.data<"float32">()]);
    const [, longest] = logits.shape;
    logits.dispose();
    probabilities.dispose();
    for (const [n, episode] of part.entries()) {
      const own = (numbers: Float32Array) => numbers.slice(n * longest, n * longest + episode.frames.length);
      const chosen = rankFrames([...own(p)])[0] ?? 0;
      judged.push({
        episode,
        logits: own(z),
        right: episode.right,
        hit: episode.right[chosen] === true,
        probability: own(p)[chosen] ?? 0,
      });
    }
  }
  return judged;
}

/** Share of hits, 0..1. */
export function hitRate(judged: readonly { readonly hit: boolean }[]): number {
  return judged.filter(({ hit }) => hit).length / Math.max(1, judged.length);
}

/** Expected calibration error, 0..1. */
export function calibrationError(judged: readonly JudgedEpisode[]): number {
  return new CalibrationBins(judged).error();
}
