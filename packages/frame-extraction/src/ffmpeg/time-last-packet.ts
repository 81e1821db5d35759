import type { FfmpegTools } from "./find-ffmpeg.js";
import { hardenedInput } from "./hardened-input.js";
import { parseClock } from "./parse-clock.js";
import { isTimeout, runProgram, throwIfDecoderFault } from "./run-program.js";
import type { SourceFile } from "./source-file.js";
import { UnreadableVideoError, VideoLimitError } from "./video-errors.js";
import type { VideoLimits } from "./video-limits.js";

/**
 * Runs through all packets of a stream without decoding them. For files that were never finished, such as recordings.
 *
 * @returns the last one's time in seconds
 * @throws UnreadableVideoError; VideoLimitError where it takes longer than `maxDecodeMs`; DecoderUnavailableError,
 *   DecoderStoppedError; the signal's reason
 */
export async function timeLastPacket(
  source: SourceFile,
  tools: FfmpegTools,
  { maxPixels, maxDecodeMs }: VideoLimits,
  stream: number,
  signal: AbortSignal | undefined,
): Promise<number> {
  // What it complains of on the way is of no use: only whether it gets through.
  const input = ["-nostdin", "-nostats", "-v", "fatal", ...hardenedInput(maxPixels), "-i", source.url];
  const output = ["-map", `0:${stream}`, "-c", "copy", "-progress", "pipe:1", "-f", "null", "-"];
  try {
    const { stdout } = await runProgram(tools.ffmpegPath, [...input, ...output], maxDecodeMs, signal);
    const told = [...stdout.matchAll(/^out_time=(\S+)/gm)].at(-1)?.[1];
    return parseClock(told ?? "");
  } catch (cause) {
    signal?.throwIfAborted();
    throwIfDecoderFault(cause, source.name);
    if (isTimeout(cause)) throw new VideoLimitError(source.name, `took too long to read: more than ${maxDecodeMs} ms`);
    throw new UnreadableVideoError(source.name, "it is damaged", { cause });
  }
}
