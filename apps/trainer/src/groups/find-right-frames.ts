import { dot, toUnitLength } from "../methods/vectors.js";
import type { KnownFrame } from "./video-frames-cache.js";

/** A candidate frame this near to the cover's time is the cover: about a frame away. Farther away, a cut may lie between. */
const NEAR_ENOUGH_MS = 50;

/**
 * Frames whose features' cosine is at least this are one picture to a viewer. Of the shipped encoder: frames of a shot of
 * a photograph have 0.96 and more, frames of different shots at most 0.86, and a shot in which much moves goes below 0.8.
 */
const SAME_PICTURE = 0.95;

export interface Candidates {
  /** By time. */
  readonly frames: readonly KnownFrame[];
  /** Those that would be a right cover: the cover, and what looks like it. */
  readonly right: ReadonlySet<KnownFrame>;
}

/**
 * Which candidates are right covers. The cover is the candidate nearest to its time; where none is near, as in a long
 * film, it is the frame at that very time, which joins the candidates unless one of them is the same picture.
 *
 * @param targets   the candidate frames by time, at least 1
 * @param readFrame the frame that is shown at a time; undefined where the video has none
 */
export async function findRightFrames(
  targets: readonly KnownFrame[],
  coverMs: number,
  readFrame: (timeMs: number) => Promise<KnownFrame | undefined>,
): Promise<Candidates> {
  const nearest = nearestTo(targets, coverMs);
  const isNear = nearest && Math.abs(nearest.timestampMs - coverMs) <= NEAR_ENOUGH_MS;
  const cover = (isNear ? undefined : await readFrame(coverMs)) ?? nearest;
  if (!cover) return { frames: targets, right: new Set() };
  const alike = targets.filter((frame) => isSamePicture(frame, cover));
  if (alike.length > 0) return { frames: targets, right: new Set(alike) };
  return { frames: [...targets, cover].sort((a, b) => a.timestampMs - b.timestampMs), right: new Set([cover]) };
}

function isSamePicture(a: KnownFrame, b: KnownFrame): boolean {
  return a.key === b.key || dot(toUnitLength(a.feature), toUnitLength(b.feature)) >= SAME_PICTURE;
}

function nearestTo(frames: readonly KnownFrame[], timeMs: number): KnownFrame | undefined {
  const distance = (frame: KnownFrame) => Math.abs(frame.timestampMs - timeMs);
  return frames.reduce<KnownFrame | undefined>(
    (best, frame) => (best && distance(best) <= distance(frame) ? best : frame),
    undefined,
  );
}
