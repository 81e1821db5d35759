import { spawn } from "node:child_process";
import { once } from "node:events";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { FfmpegTools } from "@facet/frame-extraction";

export interface FilmSize {
  readonly width: number;
  readonly height: number;
  /** Frames a second. */
  readonly rate: number;
}

/** @param frames [height,width,3] RGB each */
export async function encodeFilm(
  frames: readonly Uint8Array[],
  { width, height, rate }: FilmSize,
  tools: FfmpegTools,
  file: string,
): Promise<void> {
  const input = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", `${width}x${height}`, "-r", String(rate), "-i", "pipe:0"];
  // Of ffmpeg's encoders for MP4 this one is in every build.
  const output = ["-c:v", "mpeg4", "-q:v", "4", "-pix_fmt", "yuv420p", file];
  const child = spawn(tools.ffmpegPath, ["-v", "error", "-y", ...input, ...output], {
    stdio: ["pipe", "ignore", "inherit"],
  });
  const closed = once(child, "close") as Promise<[number | null]>;
  const written = pipeline(Readable.from(frames), child.stdin).catch((error: unknown) => error);
  const [[code], cause] = await Promise.all([closed, written]);
  if (code !== 0) throw new Error(`ffmpeg could not write ${file}: it ended with ${code ?? "a signal"}.`, { cause });
}
