import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ClipFolder } from "./clips.fixture.js";

let clips: ClipFolder;
beforeAll(async () => {
  clips = await ClipFolder.open();
});
afterAll(() => clips.close());

test("the example makes a contact sheet of a video, with the built package alone", async () => {
  const video = await clips.makeFrom("film.mp4", "testsrc2=s=320x180:r=25:d=2");
  const example = fileURLToPath(new URL("../examples/contact-sheet.mjs", import.meta.url));
  const out = clips.path("sheet.jpg");
  const { stdout } = await promisify(execFile)(process.execPath, [example, video, out]);
  expect(stdout).toMatch(/320 x 180, h264, 2000 ms/);
  expect(stdout).toMatch(/\d+ candidate frames; the best 12 are in/);
  await expect(sharp(out).metadata()).resolves.toMatchObject({ format: "jpeg", width: 1280, height: 540 });
});
