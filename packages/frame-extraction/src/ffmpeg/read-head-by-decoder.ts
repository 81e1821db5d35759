import type { FfmpegTools } from "./find-ffmpeg.js";
import { hardenedInput } from "./hardened-input.js";
import { parseClock } from "./parse-clock.js";
import { runProgram } from "./run-program.js";
import type { StreamHead, VideoHead } from "./video-head.js";

/**
 * What ffmpeg itself prints of a file when it opens it, in ffprobe's shape.
 *
 * Needed because the statically linked ffprobe of npm dies of every MPEG transport stream that names its service: the
 * name makes it load the system's character tables, which are of another libc. It has less to tell than ffprobe, but
 * transport streams have no rotation either.
 */
export async function readHeadByDecoder(
  url: string,
  tools: FfmpegTools,
  maxPixels: number,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<VideoHead> {
  const args = ["-nostdin", ...hardenedInput(maxPixels), "-i", url, "-c", "copy", "-t", "0", "-f", "null", "-"];
  const { stderr } = await runProgram(tools.ffmpegPath, args, timeoutMs, signal);
  return parseHead(stderr.split("\n"));
}

/** Up to the line that begins the output, for the output's streams are printed the same way. */
function parseHead(lines: readonly string[]): VideoHead {
  const end = lines.findIndex((line) => line.startsWith("Output #"));
  const head = lines.slice(0, end < 0 ? lines.length : end);
  const found = (pattern: RegExp): string | undefined => head.map((line) => pattern.exec(line)?.[1]).find(Boolean);
  const duration = /\d+:\d+:[\d.]+/.exec(found(/Duration: ([^,]+)/) ?? "")?.[0];
  return {
    streams: head.flatMap(parseStream),
    format: {
      format_name: found(/^Input #0, (\S+), from/),
      duration: duration && parseClock(duration),
    },
  };
}

function parseStream(line: string): StreamHead[] {
  const stream = /Stream #0:(\d+).*?: (Video|Audio): (\w+)/.exec(line);
  if (!stream) return [];
  const size = /, (\d+)x(\d+)/.exec(line);
  return [
    {
      index: Number(stream[1]),
      codec_type: stream[2]?.toLowerCase(),
      codec_name: stream[3],
      width: Number(size?.[1] ?? 0),
      height: Number(size?.[2] ?? 0),
      sample_aspect_ratio: /\[SAR (\d+:\d+)/.exec(line)?.[1],
      avg_frame_rate: `${/([\d.]+) fps/.exec(line)?.[1] ?? 0}/1`,
    },
  ];
}
