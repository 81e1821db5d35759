import sharp from "sharp";
import { afterEach, beforeAll, expect, test } from "vitest";
import { findFfmpeg, type FfmpegTools } from "../ffmpeg/find-ffmpeg.js";
import { fullFormat } from "./full-format.js";
import { FullPictures, type FullPicture } from "./full-pictures.js";

const FORMAT = fullFormat("bt709", 64, 48);
const PATIENCE_MS = 60_000;

let tools: FfmpegTools;
beforeAll(async () => {
  tools = await findFfmpeg();
});

let pictures: FullPictures;
afterEach(() => pictures.close());

function open(mostRaw: number, program = tools): FullPictures {
  return new FullPictures(FORMAT, program, PATIENCE_MS, undefined, mostRaw * FORMAT.bytes);
}

/** A plain grey picture. */
async function take(grey: number): Promise<FullPicture> {
  const { picture, bytes } = await pictures.take();
  bytes.fill(128).fill(grey, 0, FORMAT.width * FORMAT.height);
  return picture;
}

/** Mean luma of limited range, as it was filled in. */
async function greyOf(picture: FullPicture): Promise<number> {
  const { channels } = await sharp(await picture.jpeg).stats();
  return Math.round(16 + ((channels[0]?.mean ?? 0) * 219) / 255);
}

test("each picture that is developed comes out as its own JPEG, whatever memory was used again", async () => {
  pictures = open(2);
  const greys = [30, 60, 90, 120, 150, 180, 210];
  const developed: FullPicture[] = [];
  for (const grey of greys) {
    const picture = await take(grey);
    await pictures.develop(picture);
    developed.push(picture);
    pictures.discard(await take(235));
  }
  pictures.end();
  expect(await Promise.all(developed.map(greyOf))).toEqual(greys);
  await expect(sharp(await developed[0]?.jpeg).metadata()).resolves.toMatchObject({ width: 64, height: 48 });
});

test("no more raw pictures are kept than there is room for: the oldest are developed unasked", async () => {
  pictures = open(3);
  const all: FullPicture[] = [];
  for (const grey of [40, 80, 120, 160, 200]) {
    all.push(await take(grey));
    expect(pictures.rawCount).toBeLessThanOrEqual(3);
  }
  expect(all.map(({ raw }) => raw === undefined)).toEqual([true, true, false, false, false]);
  // Asking for what is made already makes it no second time.
  for (const picture of all) await pictures.develop(picture);
  pictures.end();
  expect(await Promise.all(all.map(greyOf))).toEqual([40, 80, 120, 160, 200]);
});

test("pictures that are discarded cost no JPEG, and their memory is used again", async () => {
  pictures = open(4);
  const { picture, bytes } = await pictures.take();
  pictures.discard(picture);
  pictures.discard(picture);
  expect((await pictures.take()).bytes).toBe(bytes);
  expect((await pictures.take()).bytes).not.toBe(bytes);
  expect(picture.jpeg).toBeUndefined();
});

test("a program that makes no JPEGs fails every picture that waits for one", async () => {
  pictures = open(4, { ...tools, ffmpegPath: process.execPath });
  const all = [await take(50), await take(60), await take(70)];
  for (const picture of all) await pictures.develop(picture);
  pictures.end();
  for (const picture of all) await expect(picture.jpeg).rejects.toThrow("The process that makes JPEGs ended with");
});
