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

/** How much a frame borrows from a neighbour that looks just like it, itself counting 1. */
const BORROWED = 0.5;

/** Every way to make one score of a frame's cosines to the likes. Without a like they all fall back on quality. */
export function cosineMethods(space: Space): Method[] {
  const method = (name: string, combine: (placed: PlacedViewer) => number[]) =>
    rankingMethod(`${space.name}-${name}`, space.kind, (viewer) =>
      viewer.history.length === 0 ? viewer.quality : combine(placeViewer(space, viewer)),
    );
  return [
    method("mean", ({ cosines }) => cosines.map((row) => weightedMean(row, 1))),
    method("recency", ({ cosines }) => cosines.map((row) => weightedMean(row, RECENCY))),
    method("max", ({ cosines }) => cosines.map((row) => Math.max(...row))),
    method("attention", ({ cosines }) => cosines.map((row) => logSumExp(row, SHARP, 1))),
    method("tuned", ({ cosines, frames }) =>
      smooth(
        cosines.map((row) => logSumExp(row, SOFT, RECENCY)),
        frames,
      ),
    ),
  ];
}

interface PlacedViewer {
  /** Of length 1. */
  readonly frames: readonly Float32Array[];
  /** [frame][like], likes oldest first */
  readonly cosines: readonly (readonly number[])[];
}

function placeViewer(space: Space, viewer: ViewerFeatures): PlacedViewer {
  const place = (feature: Float32Array) => toUnitLength(space.place(feature));
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

/** A frame borrows from its neighbours as far as they look alike: frames of one scene show the same thing. */
function smooth(scores: readonly number[], frames: readonly Float32Array[]): number[] {
  return scores.map((score, i) => {
    let sum = score;
    let weights = 1;
    for (const neighbour of [i - 1, i + 1]) {
      const frame = frames[i];
      const other = frames[neighbour];
      if (!frame || !other) continue;
      const weight = BORROWED * Math.max(0, dot(frame, other));
      sum += weight * (scores[neighbour] ?? 0);
      weights += weight;
    }
    return sum / weights;
  });
}
