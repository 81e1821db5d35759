import type { FfmpegTools } from "./find-ffmpeg.js";
import { hardenedInput } from "./hardened-input.js";
import { readHeadByDecoder } from "./read-head-by-decoder.js";
import { isTimeout, runProgram, signalOf, throwIfDecoderFault } from "./run-program.js";
import type { SourceFile } from "./source-file.js";
import { frameTooLarge, UnreadableVideoError, VideoLimitError } from "./video-errors.js";
import type { VideoHead } from "./video-head.js";
import type { VideoLimits } from "./video-limits.js";

/**
 * Reads a file's head.
 *
 * @throws UnreadableVideoError; VideoLimitError for frames that are too large, and where it takes longer than
 *   `maxSilenceMs`; DecoderUnavailableError, DecoderStoppedError; the signal's reason
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
      if (signalOf(error) === undefined) throw error;
      return readHeadByDecoder(source.url, tools, maxPixels, maxSilenceMs, signal);
    });
  } catch (cause) {
    signal?.throwIfAborted();
    throwIfDecoderFault(cause, source.name);
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
  const args = ["-v", "error", ...hardenedInput(maxPixels), "-show_streams", "-show_format", "-of", "json", url];
  const { stdout } = await runProgram(ffprobePath, args, maxSilenceMs, signal);
  return { streams: [], format: {}, ...(JSON.parse(stdout) as Partial<VideoHead>) };
}
