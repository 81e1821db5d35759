import type { FrameQuality } from "@facet/domain";
import { findFault } from "../quality/find-fault.js";
import { qualityScore } from "../quality/quality-score.js";

/**
 * - `fit`: nothing is wrong with it;
 * - `setBack`: blurred, or a title card or credits: only taken to reach the least number of targets;
 * - `lastResort`: dark, or inside a fade: only taken where the video has nothing better at all.
 */
export type Standing = "fit" | "setBack" | "lastResort";

/** What of a frame has to do with whether it is chosen. */
export interface ContendingFrame {
  readonly timestampMs: number;
  readonly shot: number;
}

/** A frame that may become a target. */
export interface Contender<Frame extends ContendingFrame = ContendingFrame> {
  readonly frame: Frame;
  readonly thumb: Uint8Array;
  readonly standing: Standing;
  /** 0..1, see qualityScore. */
  readonly score: number;
}

/** @returns undefined for a blank frame, which is never taken */
export function toContender<Frame extends ContendingFrame & { readonly quality: FrameQuality }>(
  frame: Frame,
  thumb: Uint8Array,
  inTransition: boolean,
): Contender<Frame> | undefined {
  const fault = findFault(frame.quality);
  if (fault === "blank") return undefined;
  const standing = fault === "dark" || inTransition ? "lastResort" : fault === undefined ? "fit" : "setBack";
  return { frame, thumb, standing, score: qualityScore(frame.quality) };
}
