import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { findFfmpeg, type FfmpegTools } from "@facet/frame-extraction";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeTempFolder } from "../../photos/photo-folders.fixture.js";
import { PICK_METHODS } from "./pick-frames.js";
import { runJudgeQuality, type JudgeQualityResults } from "./run-judge-quality.js";
import { JudgedVideoError, openSource } from "./source-video.js";
import { makeSpoiledFilm } from "./spoiled-film.js";

let folder: string;
let tools: FfmpegTools;
let clip: string;

beforeAll(async () => {
  [folder, tools] = [await makeTempFolder(), await findFfmpeg()];
  clip = join(folder, "clip.mp4");
  const source = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=12:d=6", "-pix_fmt", "yuv420p", "-c:v", "mpeg4"];
  await promisify(execFile)(tools.ffmpegPath, ["-v", "error", "-y", ...source, clip]);
}, 60_000);

afterAll(() => rm(folder, { recursive: true }));

test("every way picks from clips and made films; sheet and file tell what", async () => {
  const [sheet, json] = [join(folder, "sheet.jpg"), join(folder, "picks.json")];
  const lines: string[] = [];
  const options = { videos: [`${clip}@0.5-5`], sheet, json, films: 2, seed: 1 };
  const results = await runJudgeQuality(
    options,
    () => undefined,
    (text) => lines.push(text),
  );
  expect(results.methods.map(({ method }) => method)).toEqual(Object.keys(PICK_METHODS));
  expect(results.spoiledFrames).toBeGreaterThan(0.2);
  for (const name of Object.values(PICK_METHODS)) expect(lines.join()).toContain(name);
  const { format, width, height } = await sharp(sheet).metadata();
  expect(format).toBe("jpeg");
  expect(width).toBeGreaterThan(Object.keys(PICK_METHODS).length * 240);
  expect(height).toBeGreaterThan(3 * 135);
  expect(JSON.parse(await readFile(json, "utf8")) as JudgeQualityResults).toEqual(results);
}, 180_000);

test("a made film has sound frames, spoiled ones and what is said of them, the same for the same seed", async () => {
  const sources = [await openSource(clip, tools)];
  const film = await makeSpoiledFilm(sources, tools, 1, 5);
  expect(film.some(({ truth }) => truth === "sound")).toBe(true);
  expect(new Set(film.map(({ truth }) => truth)).size).toBeGreaterThanOrEqual(5);
  // At the edge of a fade a little of the next scene shows already.
  for (const { rgb, truth } of film) if (truth === "black") expect(Math.max(...rgb.subarray(0, 3000))).toBeLessThan(90);
  const again = await makeSpoiledFilm(sources, tools, 1, 5);
  expect(again.map(({ truth }) => truth)).toEqual(film.map(({ truth }) => truth));
  expect(again.every(({ rgb }, at) => Buffer.from(rgb).equals(film[at]?.rgb ?? new Uint8Array()))).toBe(true);
}, 120_000);

test("a part that is too short, or a file that is no video, is said at once", async () => {
  await expect(openSource(`${clip}@1-2`, tools)).rejects.toThrow(JudgedVideoError);
  await expect(openSource(`${clip}@1-2`, tools)).rejects.toThrow("has 1.0 s to take scenes from: it takes 2");
  await expect(openSource(join(folder, "none.mp4"), tools)).rejects.toThrow("none.mp4");
});
