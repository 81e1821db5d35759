import type { FeatureEncoder } from "@facet/feature-encoder";
import { extractFrames, type ExtractedFrame, type FfmpegTools } from "@facet/frame-extraction";
import type { EncodedFrame } from "./video-frames-cache.js";

/** Frames encoded at once, while the decoder goes on. */
const PORTION = 16;

/**
 * The target candidates of a video, as the service would have them: the shots rule (claims 6 and 7), encoded.
 *
 * @throws what extractFrames throws of the video
 */
export async function encodeTargets(
  file: string,
  encoder: FeatureEncoder,
  ffmpeg: FfmpegTools,
): Promise<EncodedFrame[]> {
  const encoded: EncodedFrame[] = [];
  let waiting: ExtractedFrame[] = [];
  for await (const frame of extractFrames(file, { rule: { kind: "shots" }, ffmpeg })) {
    waiting.push(frame);
    if (waiting.length < PORTION) continue;
    encoded.push(...(await encodeFrames(waiting, encoder)));
    waiting = [];
  }
  encoded.push(...(await encodeFrames(waiting, encoder)));
  return encoded.sort((a, b) => a.timestampMs - b.timestampMs);
}

/**
 * The first frame that is shown at a time or after it, to the nearest ms; undefined where the video has none.
 *
 * @throws what extractFrames throws of the video
 */
export async function encodeFrameAt(
  file: string,
  timeMs: number,
  encoder: FeatureEncoder,
  ffmpeg: FfmpegTools,
): Promise<EncodedFrame | undefined> {
  for await (const frame of extractFrames(file, { rule: { kind: "from", ms: timeMs }, ffmpeg })) {
    return (await encodeFrames([frame], encoder))[0]; // leaving the loop ends the decoder
  }
  return undefined;
}

async function encodeFrames(frames: readonly ExtractedFrame[], encoder: FeatureEncoder): Promise<EncodedFrame[]> {
  const images = await encoder.secondConvolutionUnit(frames.map(({ rgb }) => rgb));
  return frames.flatMap(({ timestampMs, shot }, i) => {
    const image = images[i];
    return image ? [{ timestampMs, shot, feature: image.feature }] : [];
  });
}
