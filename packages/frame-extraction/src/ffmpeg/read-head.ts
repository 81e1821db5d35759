import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { FfmpegTools } from "./find-ffmpeg.js";
import { hardenedInput } from "./hardened-input.js";
import { isCrash, isTimeout } from "./program-output.js";
import { readHeadByDecoder } from "./read-head-by-decoder.js";
import type { SourceFile } from "./source-file.js";
import { frameTooLarge, UnreadableVideoError, VideoLimitError } from "./video-errors.js";
import type { VideoLimits } from "./video-limits.js";

const run = promisify(execFile);

/** Ten thousand streams have more to tell, and no video has as many. */
const MOST_BYTES = 16 * 1024 * 1024;

/** What a file's head tells, under ffprobe's names. */
export interface VideoHead {
  readonly streams: readonly StreamHead[];
  readonly format: { readonly format_name?: string | undefined; readonly duration?: string | number | undefined };
}

export interface StreamHead {
  readonly index: number;
  readonly codec_type?: string | undefined;
  readonly codec_name?: string | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly sample_aspect_ratio?: string | undefined;
  readonly avg_frame_rate?: string | undefined;
  readonly r_frame_rate?: string | undefined;
  readonly color_space?: string | undefined;
  readonly duration?: string | number | undefined;
  readonly disposition?: { readonly attached_pic?: number | undefined } | undefined;
  readonly tags?: Readonly<Record<string, unknown>> | undefined;
  readonly side_data_list?: readonly { readonly rotation?: number | undefined }[] | undefined;
}

/**
 * Reads a file's head.
 *
 * @throws UnreadableVideoError; VideoLimitError for frames that are too large, and where it takes longer than
 *   `maxSilenceMs`; the signal's reason
 */
export async function readHead(
  source: SourceFile,
  tools: FfmpegTools,
  limits: VideoLimits,
  signal: AbortSignal | undefined,
): Promise<VideoHead> {
  const { maxPixels, maxSilenceMs } = limits;
  try {
    return await askFfprobe(source, tools, limits, signal).catch((error: unknown) => {
      if (!isCrash(error)) throw error;
      return readHeadByDecoder(source.url, tools, maxPixels, maxSilenceMs, signal);
    });
  } catch (cause) {
    signal?.throwIfAborted();
    if (isTimeout(cause)) throw new VideoLimitError(source.name, `took too long to open: more than ${maxSilenceMs} ms`);
    const tooLarge = /Picture size (\d+)x(\d+) exceeds/.exec(String(cause));
    if (tooLarge) throw frameTooLarge(source.name, Number(tooLarge[1]), Number(tooLarge[2]), maxPixels);
    throw new UnreadableVideoError(source.name, "it is damaged, or no video of an accepted kind", { cause });
  }
}

async function askFfprobe(
  { url }: SourceFile,
  { ffprobePath }: FfmpegTools,
  { maxPixels, maxSilenceMs }: VideoLimits,
  signal: AbortSignal | undefined,
): Promise<VideoHead> {
  const { stdout } = await run(
    ffprobePath,
    ["-v", "error", ...hardenedInput(maxPixels), "-show_streams", "-show_format", "-of", "json", url],
    { timeout: maxSilenceMs, killSignal: "SIGKILL", maxBuffer: MOST_BYTES, ...(signal && { signal }) },
  );
  return { streams: [], format: {}, ...(JSON.parse(stdout) as Partial<VideoHead>) };
}
