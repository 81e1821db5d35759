import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { findFfmpeg } from "@facet/frame-extraction";
import { drawPhoto } from "../photos/photo-folders.fixture.js";

const run = promisify(execFile);

export const SECONDS_A_PICTURE = 2;

/** Writes a clip that shows one drawn picture after another, each for two seconds; its name is `NAME.mp4`. */
export async function makeClip(folder: string, name: string, interests: readonly number[]): Promise<string> {
  const stills = await Promise.all(
    interests.map(async (interest, i) => {
      const still = join(folder, `${name}-${i}.png`);
      await drawPhoto(interest, 40 + i, 192)
        .png()
        .toFile(still);
      return still;
    }),
  );
  const inputs = stills.flatMap((still) => [
    "-loop",
    "1",
    "-framerate",
    "10",
    "-t",
    String(SECONDS_A_PICTURE),
    "-i",
    still,
  ]);
  const joined = `${stills.map((_, i) => `[${i}:v]`).join("")}concat=n=${stills.length}:v=1[v]`;
  return encode(folder, name, [...inputs, "-filter_complex", joined, "-map", "[v]"]);
}

/** A whole video without a frame that is fit to be a cover. */
export function makeBlackClip(folder: string, name: string): Promise<string> {
  return encode(folder, name, ["-f", "lavfi", "-i", "color=black:size=192x192:rate=10:duration=2"]);
}

/** Writes drawn pictures, named `INTEREST-NUMBER.png`. */
export async function drawLikes(folder: string, interest: number, count: number): Promise<string[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const name = `${interest}-${i}.png`;
      await drawPhoto(interest, i).png().toFile(join(folder, name));
      return name;
    }),
  );
}

/** @returns the file's path */
export async function writeGroups(folder: string, lines: readonly unknown[], name = "groups.jsonl"): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"));
  return file;
}

async function encode(folder: string, name: string, input: readonly string[]): Promise<string> {
  const { ffmpegPath } = await findFfmpeg();
  const file = join(folder, `${name}.mp4`);
  const encoding = ["-c:v", "mpeg4", "-q:v", "3", "-pix_fmt", "yuv420p"];
  await run(ffmpegPath, ["-nostdin", "-v", "error", "-y", ...input, ...encoding, file]);
  return `${name}.mp4`;
}
