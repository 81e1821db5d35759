import { rankingMethod, type Method, type MethodKind, type ViewerFeatures } from "./method.js";
import { dot, toUnitLength } from "./vectors.js";

/** Where features are compared: as they are, or in a space that was fitted to tell interests apart. */
export interface Space {
  /** First part of the ids of the methods that compare here. */
  readonly name: string;
  readonly kind: MethodKind;
  place(feature: Float32Array): Float32Array;
}

export const RAW_SPACE: Space = { name: "raw", kind: "baseline", place: (feature) => feature };

/** What a like still counts when one newer like has come; found best on unseen interests. */
const RECENCY = 0.8;
/** Exponent factors of log-sum-exp: at 0 it is the mean over likes, at infinity the maximum. */
const SHARP = 8;
const SOFT = 2;

/** Every way to make one score of a frame's cosines to the likes. Without a like they all fall back on quality. */
export function cosineMethods(space: Space): Method[] {
  const method = (name: string, combine: (cosines: readonly (readonly number[])[]) => number[]) =>
    rankingMethod(`${space.name}-${name}`, space.kind, (viewer) =>
      viewer.history.length === 0 ? viewer.quality : combine(compare(space, viewer)),
    );
  return [
    method("mean", (cosines) => cosines.map((row) => weightedMean(row, 1))),
    method("recency", (cosines) => cosines.map((row) => weightedMean(row, RECENCY))),
    method("max", (cosines) => cosines.map((row) => Math.max(...row))),
    method("attention", (cosines) => cosines.map((row) => logSumExp(row, SHARP, 1))),
    method("tuned", (cosines) => smooth(cosines.map((row) => logSumExp(row, SOFT, RECENCY)))),
  ];
}

/** @returns [frame][like] cosines, likes oldest first */
function compare(space: Space, { history, frames }: ViewerFeatures): number[][] {
  const place = (feature: Float32Array) => toUnitLength(space.place(feature));
  const likes = history.map(place);
  return frames.map((frame) => {
    const placed = place(frame);
    return likes.map((like) => dot(placed, like));
  });
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

/** A frame borrows from its neighbours, which mostly show the same scene. */
function smooth(scores: readonly number[]): number[] {
  return scores.map((score, i) => {
    const before = scores[i - 1] ?? score;
    const after = scores[i + 1] ?? score;
    return 0.5 * score + 0.25 * before + 0.25 * after;
  });
}
