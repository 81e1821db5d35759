import type { DecodedFrame } from "./decode/decode-frames.js";
import { ENCODER_SIZE } from "./decode/filter-graph.js";
import type { ExtractedFrame } from "./extracted-frame.js";
import type { FullPicture } from "./full-size/full-pictures.js";
import { measureQuality } from "./quality/measure-quality.js";
import type { Placed } from "./shots/shot-detector.js";
import { toContender } from "./targets/contender.js";
import { TargetChooser } from "./targets/target-chooser.js";
import { DEFAULT_MAX_TARGETS, DEFAULT_MIN_TARGETS, type TargetRule } from "./targets/target-rule.js";

export type TimedFrame = DecodedFrame & { readonly timestampMs: number };

/** A frame that was looked at closely, before its JPEG is made. */
export type LookedAtFrame = Omit<ExtractedFrame, "jpeg" | "width" | "height"> & { readonly full: FullPicture };

/** Takes targets from frames that are given in order. */
export interface TargetChoice {
  /** @returns targets that are settled now */
  readonly add: (placed: Placed<TimedFrame>) => LookedAtFrame[];
  /** Those among the frames so far that may yet become targets. */
  readonly held: () => Iterable<LookedAtFrame>;
  /** @returns targets that are still owed when the video is over */
  readonly end: () => LookedAtFrame[];
}

export function choiceFor(rule: TargetRule, durationMs: number): TargetChoice {
  if (rule.kind !== "shots") return { add: lookAt, held: () => [], end: () => [] };
  const { maxTargets = DEFAULT_MAX_TARGETS } = rule;
  const minTargets = rule.minTargets ?? Math.min(DEFAULT_MIN_TARGETS, maxTargets);
  const chooser = new TargetChooser<LookedAtFrame>(durationMs, minTargets, maxTargets);
  return {
    add: (placed) =>
      lookAt(placed).flatMap((frame) => {
        const contender = toContender(frame, placed.frame.thumb, placed.inTransition);
        return contender ? chooser.add(contender) : [];
      }),
    held: () => chooser.held(),
    end: () => chooser.end(),
  };
}

/** None where the frame was only looked at as a thumbnail. */
function lookAt({ frame, shot, steadiness }: Placed<TimedFrame>): LookedAtFrame[] {
  const { index, timestampMs, picture } = frame;
  if (!picture) return [];
  const { rgb, full } = picture;
  const quality = { ...measureQuality(rgb, ENCODER_SIZE, ENCODER_SIZE), steadiness };
  return [{ index, timestampMs, shot, rgb, full, quality }];
}
