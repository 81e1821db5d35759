import { jpegSize } from "./decode/jpeg-size.js";
import { decodeFrames, type DecodedFrame } from "./decode/decode-frames.js";
import { ENCODER_SIZE } from "./decode/filter-graph.js";
import { pickerFor } from "./decode/frame-picker.js";
import type { ExtractedFrame } from "./extracted-frame.js";
import { findFfmpeg, type FfmpegTools } from "./ffmpeg/find-ffmpeg.js";
import { probeSource } from "./ffmpeg/probe-video.js";
import { NoCandidateFramesError } from "./ffmpeg/video-errors.js";
import { DEFAULT_VIDEO_LIMITS, type VideoLimits } from "./ffmpeg/video-limits.js";
import { measureQuality } from "./quality/measure-quality.js";
import { ShotDetector, type Placed } from "./shots/shot-detector.js";
import { toContender } from "./targets/contender.js";
import { TargetChooser } from "./targets/target-chooser.js";
import { DEFAULT_MAX_TARGETS, DEFAULT_MIN_TARGETS, checkRule, type TargetRule } from "./targets/target-rule.js";

export interface ExtractionProgress {
  readonly decodedFrames: number;
  /** The time of the last decoded frame. */
  readonly decodedMs: number;
  readonly durationMs: number;
}

export interface ExtractionOptions {
  /** Default `{kind: "shots"}`. */
  readonly rule?: TargetRule | undefined;
  /** Default what findFfmpeg() finds. */
  readonly ffmpeg?: FfmpegTools | undefined;
  /** Ends the decoder at once; the iteration then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called at most about a hundred times a video. */
  readonly onProgress?: ((progress: ExtractionProgress) => void) | undefined;
  readonly limits?: Partial<VideoLimits> | undefined;
}

type TimedFrame = DecodedFrame & { readonly timestampMs: number };

/**
 * Decodes a video once (claim 7: all its frames form the candidate set) and gives the target candidates that a preset
 * rule takes from the set (claim 6), each with exact time, full-size JPEG, encoder input and quality measures.
 *
 * The decoder runs while the consumer works, stops while the consumer is behind, and is ended when the consumer leaves
 * the loop. Memory does not grow with the video. Frames come in time order, except that `shots` may fill up to its
 * least number at the end with frames from anywhere. A damaged video gives what can be decoded of it.
 *
 * @throws UnreadableVideoError, NoVideoStreamError, NoCandidateFramesError (only with `shots`), VideoLimitError;
 *   RangeError for a rule that makes no sense; the signal's reason where it aborts
 */
export async function* extractFrames(
  file: string,
  options: ExtractionOptions = {},
): AsyncGenerator<ExtractedFrame, void, undefined> {
  const { rule = { kind: "shots" }, signal, onProgress } = options;
  checkRule(rule);
  const tools = options.ffmpeg ?? (await findFfmpeg());
  const limits = { ...DEFAULT_VIDEO_LIMITS, ...options.limits };
  const video = await probeSource(file, tools, limits, signal);
  const { durationMs } = video.facts;

  const shots = new ShotDetector<TimedFrame>(video.frameRate);
  const choose = rule.kind === "shots" ? shotTargets(rule, durationMs) : everyPicked();
  const report = onProgress && reportEachHundredth(durationMs, onProgress);
  let decoded = 0;
  let given = 0;

  for await (const frame of decodeFrames(video, pickerFor(rule, durationMs), tools, limits, signal)) {
    decoded += 1;
    const { timestampMs } = frame;
    if (timestampMs === undefined) continue; // A frame without a time can be no cover: nobody could find it again.
    report?.({ decodedFrames: decoded, decodedMs: timestampMs, durationMs });
    for (const placed of shots.add({ ...frame, timestampMs }, frame.thumb, timestampMs)) {
      for (const target of choose.add(placed)) {
        given += 1;
        yield target;
      }
    }
  }
  for (const target of [...shots.end().flatMap((placed) => choose.add(placed)), ...choose.end()]) {
    given += 1;
    yield target;
  }
  if (given === 0) throw new NoCandidateFramesError(video.source.name, decoded);
}

interface Choice {
  readonly add: (placed: Placed<TimedFrame>) => ExtractedFrame[];
  readonly end: () => ExtractedFrame[];
}

function everyPicked(): Choice {
  return {
    add: (placed) => toExtracted(placed),
    end: () => [],
  };
}

function shotTargets(rule: Extract<TargetRule, { kind: "shots" }>, durationMs: number): Choice {
  const { maxTargets = DEFAULT_MAX_TARGETS } = rule;
  const chooser = new TargetChooser(
    durationMs,
    rule.minTargets ?? Math.min(DEFAULT_MIN_TARGETS, maxTargets),
    maxTargets,
  );
  return {
    add: (placed) =>
      toExtracted(placed).flatMap((frame) => {
        const contender = toContender(frame, placed.frame.thumb, placed.inTransition);
        return contender ? chooser.add(contender) : [];
      }),
    end: () => chooser.end(),
  };
}

/** None where the frame was only looked at as a thumbnail. */
function toExtracted({ frame, shot, steadiness }: Placed<TimedFrame>): ExtractedFrame[] {
  const { index, timestampMs, picture } = frame;
  if (!picture) return [];
  const { rgb, jpeg } = picture;
  const quality = { ...measureQuality(rgb, ENCODER_SIZE, ENCODER_SIZE), steadiness };
  return [{ index, timestampMs, shot, ...jpegSize(jpeg), jpeg, rgb, quality }];
}

function reportEachHundredth(
  durationMs: number,
  onProgress: (progress: ExtractionProgress) => void,
): (progress: ExtractionProgress) => void {
  let next = 0;
  return (progress) => {
    if (progress.decodedMs < next) return;
    next = progress.decodedMs + durationMs / 100;
    onProgress(progress);
  };
}
