import { decodeFrames } from "./decode/decode-frames.js";
import { pickerFor } from "./decode/frame-picker.js";
import { DevelopedTargets } from "./developed-targets.js";
import type { ExtractedFrame } from "./extracted-frame.js";
import { findFfmpeg, type FfmpegTools } from "./ffmpeg/find-ffmpeg.js";
import { probeSource, type VideoFacts } from "./ffmpeg/probe-video.js";
import { NoCandidateFramesError } from "./ffmpeg/video-errors.js";
import { readVideoLimits, type VideoLimits } from "./ffmpeg/video-limits.js";
import { fullFormat } from "./full-size/full-format.js";
import { FullPictures } from "./full-size/full-pictures.js";
import type { GivenLimits } from "./limits/read-limits.js";
import { ShotDetector, type Placed } from "./shots/shot-detector.js";
import { choiceFor, type TimedFrame } from "./target-choice.js";
import { checkRule, type TargetRule } from "./targets/target-rule.js";

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
  /** Called once, before the first frame: what the file says of itself. */
  readonly onFacts?: ((facts: VideoFacts) => void) | undefined;
  /** Called at most about a hundred times a video. */
  readonly onProgress?: ((progress: ExtractionProgress) => void) | undefined;
  readonly limits?: GivenLimits<VideoLimits> | undefined;
}

/**
 * Decodes a video once (claim 7: all its frames form the candidate set) and gives the target candidates that a preset
 * rule takes from the set (claim 6), each with exact time, full-size JPEG, encoder input and quality measures.
 *
 * JPEGs are made of the targets alone, beside the decoder. It runs while the consumer works, stops while that is behind,
 * and is ended when the consumer leaves the loop. Memory does not grow with the video. Frames come in time order, except
 * that `shots` may fill up to its least number at the end with frames from anywhere. A damaged video gives what can be
 * decoded of it.
 *
 * @throws UnreadableVideoError, NoVideoStreamError, NoCandidateFramesError (only with `shots`), VideoLimitError,
 *   DecoderUnavailableError, DecoderStoppedError, JpegsFailedError; InvalidLimitError for a limit that can be
 *   none, InvalidRuleError for a rule that makes no sense; the signal's reason where it aborts
 */
export async function* extractFrames(
  file: string,
  options: ExtractionOptions = {},
): AsyncGenerator<ExtractedFrame, void, undefined> {
  const { rule = { kind: "shots" }, signal, onProgress } = options;
  checkRule(rule);
  const limits = readVideoLimits(options.limits);
  const tools = options.ffmpeg ?? (await findFfmpeg());
  const video = await probeSource(file, tools, limits, signal);
  const { durationMs, width, height } = video.facts;
  options.onFacts?.(video.facts);

  const format = fullFormat(video.colourMatrix, width, height);
  const pictures = new FullPictures(video.source.name, format, tools, limits.maxSilenceMs, signal);
  const shots = new ShotDetector<TimedFrame>(video.frameRate);
  const choice = choiceFor(rule, durationMs);
  const targets = new DevelopedTargets(pictures, signal);
  const report = onProgress && reportEachHundredth(durationMs, onProgress);
  let decoded = 0;
  let given = 0;

  const settle = async (placed: readonly Placed<TimedFrame>[]): Promise<void> => {
    for (const one of placed) {
      const { picture } = one.frame;
      if (picture === undefined) continue;
      targets.hold(picture.full);
      const chosen = choice.add(one);
      given += chosen.length;
      await targets.develop(chosen);
      targets.discardAllBut(choice.held());
    }
  };

  try {
    const picker = pickerFor(rule, durationMs);
    for await (const frame of decodeFrames(video, picker, { format, pictures }, tools, limits, signal)) {
      decoded += 1;
      const { timestampMs } = frame;
      // A frame without a time can be no cover: nobody could find it again.
      if (timestampMs === undefined) {
        if (frame.picture) pictures.discard(frame.picture.full);
        continue;
      }
      report?.({ decodedFrames: decoded, decodedMs: timestampMs, durationMs });
      await settle(shots.add({ ...frame, timestampMs }, frame.thumb, timestampMs));
      yield* targets.takeReady();
    }
    await settle(shots.end());
    const last = choice.end();
    given += last.length;
    await targets.develop(last);
    yield* targets.takeRest();
  } finally {
    await pictures.close();
  }
  // A time may lie behind the last frame.
  if (given === 0 && rule.kind !== "from") throw new NoCandidateFramesError(video.source.name, decoded);
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
