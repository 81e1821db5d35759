import { execFile } from "node:child_process";
import { basename } from "node:path";
import { promisify } from "node:util";
import { FacetError } from "@facet/domain";
import { probeVideo, type FfmpegTools } from "@facet/frame-extraction";
import { CANVAS, type Canvas } from "../material/canvas.js";

const run = promisify(execFile);

/** Thrown when what is asked to be judged is no video, or has too little of it. */
export class JudgedVideoError extends FacetError {
  readonly code = "JUDGED_VIDEO";
}

/** A real clip, and the part of it that is known to be sound: the made films take their scenes from there. */
export interface SourceVideo {
  readonly file: string;
  readonly name: string;
  readonly durationMs: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** A sound part shorter than this gives no scene. */
const SHORTEST_MS = 2000;

/**
 * @param given a file, and where only a part of it is sound `@FROM-TO` behind it, in seconds: `film.mp4@2.5-20`
 * @throws JudgedVideoError; what probing throws
 */
export async function openSource(given: string, tools: FfmpegTools): Promise<SourceVideo> {
  const part = /^(.+)@(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$/.exec(given);
  const file = part?.[1] ?? given;
  const { durationMs } = await probeVideo(file, { ffmpeg: tools });
  const fromMs = part ? Number(part[2]) * 1000 : 0;
  const toMs = Math.min(durationMs, part ? Number(part[3]) * 1000 : durationMs);
  if (toMs - fromMs < SHORTEST_MS) {
    throw new JudgedVideoError(
      `${given} has ${((toMs - fromMs) / 1000).toFixed(1)} s to take scenes from: it takes ${SHORTEST_MS / 1000}.`,
    );
  }
  return { file, name: basename(file), durationMs, fromMs, toMs };
}

/** Frames of a part of a video, in the canvas' shape. */
export async function readScene(
  { file }: SourceVideo,
  fromMs: number,
  frames: number,
  rate: number,
  tools: FfmpegTools,
): Promise<Canvas[]> {
  const { width, height } = CANVAS;
  const fit = `fps=${rate},scale=${width}:${height}:force_original_aspect_ratio=increase,crop=${width}:${height}`;
  const bytes = width * height * 3;
  const { stdout } = await run(
    tools.ffmpegPath,
    [
      ...["-v", "error", "-nostdin", "-ss", (fromMs / 1000).toFixed(3), "-i", file],
      ...["-vf", fit, "-frames:v", String(frames), "-pix_fmt", "rgb24", "-f", "rawvideo", "pipe:1"],
    ],
    { encoding: "buffer", maxBuffer: (frames + 1) * bytes },
  );
  return Array.from({ length: Math.floor(stdout.length / bytes) }, (_, at) =>
    Uint8Array.from(stdout.subarray(at * bytes, (at + 1) * bytes)),
  );
}
