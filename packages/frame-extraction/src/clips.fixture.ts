import { execFile } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findFfmpeg, type FfmpegTools } from "./ffmpeg/find-ffmpeg.js";

const run = promisify(execFile);

/** A folder of clips that are made when a test asks for them, and are gone with the tests. */
export class ClipFolder {
  private constructor(
    readonly tools: FfmpegTools,
    private readonly folder: string,
  ) {}

  static async open(): Promise<ClipFolder> {
    return new ClipFolder(await findFfmpeg(), await mkdtemp(join(tmpdir(), "facet-clips-")));
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** @param args everything between the program and the output's name */
  async make(name: string, ...args: readonly string[]): Promise<string> {
    const { ffmpegPath } = this.tools;
    await run(ffmpegPath, ["-v", "error", "-y", "-nostdin", ...args, this.path(name)], { cwd: this.folder });
    return this.path(name);
  }

  /** One generated picture after another, 4:2:0 in MP4 unless the arguments say otherwise. */
  makeFrom(name: string, source: string, ...args: readonly string[]): Promise<string> {
    return this.make(name, "-f", "lavfi", "-i", source, "-pix_fmt", "yuv420p", ...args);
  }

  async write(name: string, bytes: Uint8Array | string): Promise<string> {
    await writeFile(this.path(name), bytes);
    return this.path(name);
  }

  /** The first part of another clip, as an upload that broke off leaves it. */
  async truncate(name: string, from: string, share: number): Promise<string> {
    const bytes = await readFile(from);
    return this.write(name, bytes.subarray(0, Math.floor(bytes.length * share)));
  }

  /** An ffmpeg whose process numbers `pidOf` knows, of the one that decodes and the one that makes JPEGs. */
  async traced(): Promise<FfmpegTools> {
    const role = 'case "$*" in *pipe:0*) role=press;; *) role=decoder;; esac';
    const script = `${role}\necho $$ > "${this.path("pid-of-")}$role"\nexec "${this.tools.ffmpegPath}" "$@"\n`;
    return { ...this.tools, ffmpegPath: await this.writeProgram("traced-ffmpeg", script) };
  }

  async pidOf(role: "decoder" | "press"): Promise<number> {
    return Number(await readFile(this.path(`pid-of-${role}`), "utf8"));
  }

  /** @param script of the shell */
  async writeProgram(name: string, script: string): Promise<string> {
    const file = await this.write(name, `#!/bin/sh\n${script}`);
    await chmod(file, 0o755);
    return file;
  }

  /** The times of all frames in ms as ffprobe tells them, to the nearest. */
  async frameTimes(file: string): Promise<number[]> {
    const args = ["-v", "error", "-select_streams", "v:0", "-show_entries", "packet=pts_time", "-of", "csv=p=0", file];
    const { stdout } = await run(this.tools.ffprobePath, args);
    const seconds = stdout.split("\n").map((line) => Number.parseFloat(line));
    return seconds
      .filter((time) => Number.isFinite(time))
      .sort((one, other) => one - other)
      .map((time) => Math.round(time * 1000));
  }
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
