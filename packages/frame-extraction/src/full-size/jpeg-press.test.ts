import { afterAll, beforeAll, expect, test } from "vitest";
import { ClipFolder } from "../clips.fixture.js";
import { JpegsFailedError } from "../ffmpeg/decoder-errors.js";
import { fullFormat } from "./full-format.js";
import { JpegPress } from "./jpeg-press.js";

/** Far more than a pipe holds by itself, so that a picture that is taken was read by the process: it runs by then. */
const FORMAT = fullFormat("bt709", 1920, 1080);
const PATIENCE_MS = 60_000;

let clips: ClipFolder;
beforeAll(async () => {
  clips = await ClipFolder.open();
});
afterAll(() => clips.close());

test("a picture that is put in after the process died is refused, as the one before it was", async () => {
  const press = await JpegPress.start("film.mp4", FORMAT, await clips.traced(), PATIENCE_MS);
  const raw = new Uint8Array(FORMAT.bytes).fill(128);
  const first = await press.press(raw);
  await first.taken;
  process.kill(await clips.pidOf("press"), "SIGKILL");
  const second = await press.press(raw);
  await expect(second.jpeg).rejects.toMatchObject({ code: "DECODER_STOPPED", signal: "SIGKILL" });
  const third = await press.press(raw);
  await expect(third.jpeg).rejects.toMatchObject({ code: "DECODER_STOPPED", signal: "SIGKILL" });
  await press.close();
});

test("a process that stands still is ended: nobody else stopped it", async () => {
  const ffmpegPath = await clips.writeProgram("stuck", "exec sleep 600\n");
  const press = await JpegPress.start("film.mp4", FORMAT, { ...clips.tools, ffmpegPath }, 50);
  const { jpeg } = await press.press(new Uint8Array(FORMAT.bytes));
  const refusal = expect(jpeg).rejects;
  await refusal.toBeInstanceOf(JpegsFailedError);
  await refusal.toThrow('The process that makes JPEGs of "film.mp4" stood still for 50 ms');
  await press.close();
});
