import { afterAll, beforeAll, expect, test } from "vitest";
import { ClipFolder, collect } from "./clips.fixture.js";
import { extractFrames, type ExtractionProgress } from "./extract-frames.js";
import { DecoderStoppedError } from "./ffmpeg/decoder-errors.js";
import { probeVideo } from "./ffmpeg/probe-video.js";
import { VideoLimitError } from "./ffmpeg/video-errors.js";

let clips: ClipFolder;
let film: string;
beforeAll(async () => {
  clips = await ClipFolder.open();
  // Noise, so that full-size pictures fill the pipes long before the film is over.
  film = await clips.makeFrom("film.mp4", "testsrc2=s=640x360:r=25:d=4,noise=alls=60", "-preset", "ultrafast");
});
afterAll(() => clips.close());

/** The decoder, and the press that makes JPEGs beside it. */
const runningDecoders = (): number => process.getActiveResourcesInfo().filter((name) => name === "ProcessWrap").length;

/** A process that is known to have ended leaves the list in the event loop's next turn. */
async function leftOver(): Promise<number> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
  return runningDecoders();
}

test("leaving the loop ends the decoder", async () => {
  for await (const frame of extractFrames(film, { rule: { kind: "everyFrame" } })) {
    expect(frame.index).toBe(0);
    expect(runningDecoders()).toBeGreaterThan(0);
    break;
  }
  expect(await leftOver()).toBe(0);
});

test("an abort ends the decoder although the consumer is busy, and the iteration throws its reason", async () => {
  const controller = new AbortController();
  const frames = extractFrames(film, { rule: { kind: "everyFrame" }, signal: controller.signal });
  await frames.next();
  expect(runningDecoders()).toBeGreaterThan(0);

  controller.abort(new Error("not wanted any more"));
  while (runningDecoders() > 0) await new Promise((resolve) => setImmediate(resolve));
  await expect(frames.next()).rejects.toThrow("not wanted any more");
  await expect(frames.next()).resolves.toMatchObject({ done: true });
});

test("an abort while a frame is waited for rejects that wait", async () => {
  const controller = new AbortController();
  const all = collect(extractFrames(film, { signal: controller.signal, onProgress: () => controller.abort() }));
  await expect(all).rejects.toMatchObject({ name: "AbortError" });
  expect(await leftOver()).toBe(0);
});

test("a signal that was aborted before starts no decoder", async () => {
  await expect(collect(extractFrames(film, { signal: AbortSignal.abort() }))).rejects.toMatchObject({
    name: "AbortError",
  });
  expect(await leftOver()).toBe(0);
});

test("an abort while the decoder is being started ends it, though it never says anything", async () => {
  const ffmpeg = { ...clips.tools, ffmpegPath: await clips.writeProgram("stuck", "exec sleep 600\n") };
  const controller = new AbortController();
  const { signal } = controller;
  const frames = extractFrames(film, { ffmpeg, signal, onFacts: () => queueMicrotask(() => controller.abort()) });
  await expect(frames.next()).rejects.toMatchObject({ name: "AbortError" });
  expect(await leftOver()).toBe(0);
});

test("a signal that was aborted before is told of, whatever else is wrong", async () => {
  const options = { signal: AbortSignal.abort(new Error("not wanted any more")) };
  const missing = clips.path("nowhere.mp4");
  await expect(probeVideo(missing, options)).rejects.toThrow("not wanted any more");
  await expect(collect(extractFrames(missing, options))).rejects.toThrow("not wanted any more");
});

test("the decoder stands still while the consumer is busy", async () => {
  let decoded = 0;
  const frames = extractFrames(film, {
    rule: { kind: "everyFrame" },
    onProgress: (now) => (decoded = now.decodedFrames),
  });
  await frames.next();
  // Nothing is consumed for many turns of the event loop, in which a decoder that is not held back would go on.
  for (let turn = 0; turn < 2000; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(runningDecoders()).toBeGreaterThan(0);
  expect(decoded).toBeLessThan(40);
  await frames.return();
  expect(await leftOver()).toBe(0);
});

test("a consumer that fails does not leave a decoder behind", async () => {
  const failing = async (): Promise<void> => {
    for await (const frame of extractFrames(film, { rule: { kind: "everyFrame" } }))
      throw new Error(`at ${frame.index}`);
  };
  await expect(failing()).rejects.toThrow("at 0");
  expect(await leftOver()).toBe(0);
});

/** Takes a frame, ends a process from outside, and asks for the rest. */
async function readOnAfter(role: "decoder" | "press", signal: NodeJS.Signals): Promise<unknown> {
  const frames = extractFrames(film, { rule: { kind: "everyFrame" }, ffmpeg: await clips.traced() });
  await frames.next();
  process.kill(await clips.pidOf(role), signal);
  return collect(frames).catch((error: unknown) => error);
}

test.each(["SIGTERM", "SIGINT", "SIGKILL"] as const)(
  "a decoder that %s ends before the video is over does not pass for the end of the video",
  async (signal) => {
    const error = await readOnAfter("decoder", signal);
    expect(error).toBeInstanceOf(DecoderStoppedError);
    expect(String(error)).toContain(signal);
    expect(await leftOver()).toBe(0);
  },
);

test("a decoder that has used up the processors' time is beyond a limit", async () => {
  const error = await readOnAfter("decoder", "SIGXCPU");
  expect(error).toBeInstanceOf(VideoLimitError);
  expect(String(error)).toContain("s of the processors' time");
});

test("a press that is ended before the video is over ends the iteration", async () => {
  const error = await readOnAfter("press", "SIGKILL");
  expect(error).toBeInstanceOf(DecoderStoppedError);
  expect(String(error)).toContain("SIGKILL");
  expect(await leftOver()).toBe(0);
});

test("progress goes up to the end of the film, in about a hundred steps", async () => {
  const steps: ExtractionProgress[] = [];
  await collect(extractFrames(film, { rule: { kind: "everyNth", n: 100 }, onProgress: (step) => steps.push(step) }));
  expect(steps.length).toBeGreaterThan(50);
  expect(steps.length).toBeLessThanOrEqual(101);
  expect(steps.every((step, at) => step.decodedMs >= (steps[at - 1]?.decodedMs ?? 0))).toBe(true);
  expect(steps.at(-1)?.decodedMs).toBeGreaterThan(3900);
  expect(steps.at(-1)?.durationMs).toBe(4000);
});
