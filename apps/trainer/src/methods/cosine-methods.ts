import { rankingMethod, type Method, type ViewerFeatures } from "./method.js";
import type { Space } from "./space.js";
import { dot } from "./vectors.js";

/** What a like still counts when one newer like has come; found best on unseen interests. */
const RECENCY = 0.8;
/** Exponent factors of log-sum-exp: at 0 it is the mean over likes, at infinity the maximum. */
const SHARP = 8;
const SOFT = 2;
/**
 * How far apart two frames may be to borrow from each other. This, and what they borrow, was the best of 46 rules on
 * training interests (by cross-validation, means over five worlds and three kinds of photos); rules by a fixed kernel,
 * which mix a clean frame with a spoiled neighbour, lost more in W5 than they won elsewhere.
 */
const REACH = 2;

/** Every way to make one score of a frame's cosines to the likes. Without a like they all fall back on quality. */
export const COSINE_WAYS = {
  mean: ({ cosines }) => cosines.map((row) => weightedMean(row, 1)),
  recency: ({ cosines }) => cosines.map((row) => weightedMean(row, RECENCY)),
  max: ({ cosines }) => cosines.map((row) => Math.max(...row)),
  attention: ({ cosines }) => cosines.map((row) => logSumExp(row, SHARP, 1)),
  "mean-smooth": ({ cosines, frames }) =>
    smooth(
      cosines.map((row) => weightedMean(row, 1)),
      frames,
    ),
  "attention-smooth": ({ cosines, frames }) =>
    smooth(
      cosines.map((row) => logSumExp(row, SHARP, 1)),
      frames,
    ),
  tuned: ({ cosines, frames }) =>
    smooth(
      cosines.map((row) => logSumExp(row, SOFT, RECENCY)),
      frames,
    ),
} satisfies Readonly<Record<string, (placed: PlacedViewer) => number[]>>;

export type CosineWay = keyof typeof COSINE_WAYS;

export function cosineMethods(space: Space, ways: readonly CosineWay[]): Method[] {
  const placed = new WeakMap<ViewerFeatures, PlacedViewer>(); // once for all ways
  const place = (viewer: ViewerFeatures) => {
    const known = placed.get(viewer) ?? placeViewer(space, viewer);
    placed.set(viewer, known);
    return known;
  };
  return ways.map((way) =>
    rankingMethod({ id: `${space.name}-${way}`, kind: space.kind, family: "cosine" }, (viewer) =>
      viewer.history.length === 0 ? viewer.quality : COSINE_WAYS[way](place(viewer)),
    ),
  );
}

interface PlacedViewer {
  /** Of length 1. */
  readonly frames: readonly Float32Array[];
  /** [frame][like], likes oldest first */
  readonly cosines: readonly (readonly number[])[];
}

function placeViewer(space: Space, viewer: ViewerFeatures): PlacedViewer {
  const place = space.placeFor(viewer);
  const likes = viewer.history.map(place);
  const frames = viewer.frames.map(place);
  return { frames, cosines: frames.map((frame) => likes.map((like) => dot(frame, like))) };
}

/** @param recency what a like counts against the next newer one, 0..1 */
function weightedMean(row: readonly number[], recency: number): number {
  const weights = row.map((_, i) => recency ** (row.length - 1 - i));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return row.reduce((total, cosine, i) => total + cosine * (weights[i] ?? 0), 0) / sum;
}

function logSumExp(row: readonly number[], sharpness: number, recency: number): number {
  const terms = row.map((cosine) => Math.exp(sharpness * cosine));
  return Math.log(weightedMean(terms, recency)) / sharpness;
}

/** A frame borrows from those before and after it as far as they look alike and are near: frames of one scene show the same thing. */
function smooth(scores: readonly number[], frames: readonly Float32Array[]): number[] {
  return scores.map((score, i) => {
    let sum = score;
    let weights = 1;
    for (let other = Math.max(0, i - REACH); other <= Math.min(scores.length - 1, i + REACH); other++) {
      const frame = frames[i];
      const neighbour = frames[other];
      if (other === i || !frame || !neighbour) continue;
      const weight = Math.max(0, dot(frame, neighbour)) / Math.abs(other - i);
      sum += weight * (scores[other] ?? 0);
      weights += weight;
    }
    return sum / weights;
  });
}
