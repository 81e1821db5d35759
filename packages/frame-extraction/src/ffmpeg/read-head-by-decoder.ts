import ffmpegCommand, { type FfprobeData, type FfprobeStream } from "fluent-ffmpeg";
import type { FfmpegTools } from "./find-ffmpeg.js";
import { hardenedInput } from "./hardened-input.js";

/**
 * What ffmpeg itself prints of a file when it opens it, in ffprobe's shape.
 *
 * Needed because the statically linked ffprobe of npm dies of every MPEG transport stream that names its service: the
 * name makes it load the system's character tables, which are of another libc. It has less to tell than ffprobe, but
 * transport streams have no rotation either.
 */
export function readHeadByDecoder(
  url: string,
  tools: FfmpegTools,
  maxPixels: number,
  timeoutSeconds: number,
): Promise<FfprobeData> {
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    ffmpegCommand(url, { timeout: timeoutSeconds })
      .setFfmpegPath(tools.ffmpegPath)
      .inputOptions(["-nostdin", ...hardenedInput(maxPixels)])
      .outputOptions(["-c", "copy", "-t", "0"])
      .format("null")
      .on("stderr", (line: string) => void lines.push(line))
      .on("error", reject)
      .on("end", () => resolve(parseHead(lines)))
      .save("-");
  });
}

/** Up to the line that begins the output, for the output's streams are printed the same way. */
function parseHead(lines: readonly string[]): FfprobeData {
  const end = lines.findIndex((line) => line.startsWith("Output #"));
  const head = lines.slice(0, end < 0 ? lines.length : end);
  const found = (pattern: RegExp): string | undefined => head.map((line) => pattern.exec(line)?.[1]).find(Boolean);
  const duration = /(\d+):(\d+):([\d.]+)/.exec(found(/Duration: ([^,]+)/) ?? "")?.slice(1);
  return {
    streams: head.flatMap(parseStream),
    format: {
      format_name: found(/^Input #0, (\S+), from/),
      duration: duration?.reduce((total, part) => total * 60 + Number(part), 0),
    },
    chapters: [],
  };
}

function parseStream(line: string): FfprobeStream[] {
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
