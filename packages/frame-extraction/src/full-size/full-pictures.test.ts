import sharp from "sharp";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { ClipFolder } from "../clips.fixture.js";
import { DecoderUnavailableError, JpegsFailedError } from "../ffmpeg/decoder-errors.js";
import type { FfmpegTools } from "../ffmpeg/find-ffmpeg.js";
import { fullFormat } from "./full-format.js";
import { FullPictures, type FullPicture } from "./full-pictures.js";

const FORMAT = fullFormat("bt709", 64, 48);
const PATIENCE_MS = 60_000;

let clips: ClipFolder;
let tools: FfmpegTools;
beforeAll(async () => {
  clips = await ClipFolder.open();
  tools = clips.tools;
});
afterAll(() => clips.close());

let pictures: FullPictures;
afterEach(() => pictures.close());

function open(mostRaw: number, program = tools): FullPictures {
  return new FullPictures("film.mp4", FORMAT, program, PATIENCE_MS, undefined, mostRaw * FORMAT.bytes);
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

test("the memory of a picture that is developed is not used again before all of it was taken", async () => {
  // More than a pipe holds by itself, for a program that reads nothing of it.
  const large = fullFormat("bt709", 1920, 1080);
  const ffmpegPath = await clips.writeProgram("stuck", "exec sleep 600\n");
  pictures = new FullPictures("film.mp4", large, { ...tools, ffmpegPath }, PATIENCE_MS, undefined, 4 * large.bytes);
  const { picture, bytes } = await pictures.take();
  await pictures.develop(picture);
  const next = await pictures.take();
  // Not by toBe: of what is not the same it compares every byte, for a message that nobody reads.
  expect(next.bytes === bytes).toBe(false);
});

test("a program that makes no JPEGs fails every picture that waits for one", async () => {
  pictures = open(4, { ...tools, ffmpegPath: process.execPath });
  const all = [await take(50), await take(60), await take(70)];
  for (const picture of all) await pictures.develop(picture);
  pictures.end();
  for (const picture of all) {
    const refusal = expect(picture.jpeg).rejects;
    await refusal.toBeInstanceOf(JpegsFailedError);
    await refusal.toThrow('The process that makes JPEGs of "film.mp4" ended with 9');
  }
});

test("a program that cannot be started fails whoever asks for a JPEG, and nothing is left to be ended", async () => {
  pictures = open(4, { ...tools, ffmpegPath: `${process.execPath}/ffmpeg` });
  const all = [await take(50), await take(60)];
  for (const picture of all) await expect(pictures.develop(picture)).rejects.toBeInstanceOf(DecoderUnavailableError);
  pictures.end();
  await pictures.close();
});
