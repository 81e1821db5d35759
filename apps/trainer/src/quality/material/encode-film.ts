import { spawn } from "node:child_process";
import { once } from "node:events";
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
  const closed = once(child, "close");
  for (const rgb of frames) if (!child.stdin.write(rgb)) await once(child.stdin, "drain");
  child.stdin.end();
  const [code] = (await closed) as [number | null];
  if (code !== 0) throw new Error(`ffmpeg could not write ${file}: it ended with ${code ?? "a signal"}.`);
}
