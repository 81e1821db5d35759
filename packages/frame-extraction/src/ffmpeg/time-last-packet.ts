import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { FfmpegTools } from "./find-ffmpeg.js";
import { hardenedInput } from "./hardened-input.js";
import { isTimeout, parseClock } from "./program-output.js";
import type { SourceFile } from "./source-file.js";
import { UnreadableVideoError, VideoLimitError } from "./video-errors.js";
import type { VideoLimits } from "./video-limits.js";

const run = promisify(execFile);

/**
 * Runs through all packets of a stream without decoding them. For files that were never finished, such as recordings.
 *
 * @returns the last one's time in seconds
 * @throws UnreadableVideoError; VideoLimitError where it takes longer than `maxDecodeMs`; the signal's reason
 */
export async function timeLastPacket(
  source: SourceFile,
  tools: FfmpegTools,
  { maxPixels, maxDecodeMs }: VideoLimits,
  stream: number,
  signal: AbortSignal | undefined,
): Promise<number> {
  const input = ["-nostdin", "-nostats", "-v", "error", ...hardenedInput(maxPixels), "-i", source.url];
  try {
    const { stdout } = await run(
      tools.ffmpegPath,
      [...input, "-map", `0:${stream}`, "-c", "copy", "-progress", "pipe:1", "-f", "null", "-"],
      { timeout: maxDecodeMs, killSignal: "SIGKILL", maxBuffer: Infinity, ...(signal && { signal }) },
    );
    const told = [...stdout.matchAll(/^out_time=(\S+)/gm)].at(-1)?.[1];
    return parseClock(told ?? "");
  } catch (cause) {
    signal?.throwIfAborted();
    if (isTimeout(cause)) throw new VideoLimitError(source.name, `took too long to read: more than ${maxDecodeMs} ms`);
    throw new UnreadableVideoError(source.name, "it is damaged", { cause });
  }
}
