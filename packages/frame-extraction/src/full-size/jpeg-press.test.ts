import { afterAll, beforeAll, expect, test } from "vitest";
import { ClipFolder } from "../clips.fixture.js";
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
  const press = new JpegPress(FORMAT, await clips.traced(), PATIENCE_MS);
  const raw = new Uint8Array(FORMAT.bytes).fill(128);
  const first = await press.press(raw);
  await first.taken;
  process.kill(await clips.pidOf("press"), "SIGKILL");
  const second = await press.press(raw);
  await expect(second.jpeg).rejects.toThrow("SIGKILL");
  const third = await press.press(raw);
  await expect(third.jpeg).rejects.toThrow("SIGKILL");
  await press.close();
});
