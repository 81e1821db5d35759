/** How well one ranking of one video's frames did. */
export interface RankMetrics {
  /** 1 if the top frame is right, else 0. */
  readonly hitAt1: number;
  /** 1 / the place of the first right frame, places from 1. */
  readonly mrr: number;
  /** Discounted gain of the first five places against the best possible order, 0..1. */
  readonly ndcg5: number;
}

const DEPTH = 5;

/**
 * @param scores one per frame; of equal scores the earlier frame comes first
 * @param right  whether each frame is right; at least one is
 */
export function rankMetrics(scores: readonly number[], right: readonly boolean[]): RankMetrics {
  const order = rankFrames(scores);
  const gains = order.map((frame) => (right[frame] === true ? 1 : 0));
  const ideal = [...gains].sort((a, b) => b - a);
  return {
    hitAt1: gains[0] ?? 0,
    mrr: 1 / (1 + gains.indexOf(1)),
    ndcg5: discountedGain(gains) / discountedGain(ideal),
  };
}

/** Frame numbers, best first. A score that is no number ranks below all that are. */
export function rankFrames(scores: readonly number[]): number[] {
  const value = (frame: number) => {
    const score = scores[frame] ?? Number.NEGATIVE_INFINITY;
    return Number.isNaN(score) ? Number.NEGATIVE_INFINITY : score;
  };
  return [...scores.keys()].sort((a, b) => {
    const [scoreA, scoreB] = [value(a), value(b)];
    return scoreA === scoreB ? a - b : scoreB - scoreA;
  });
}

function discountedGain(gains: readonly number[]): number {
  return gains.slice(0, DEPTH).reduce((sum, gain, place) => sum + gain / Math.log2(place + 2), 0);
}
