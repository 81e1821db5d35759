import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClipFolder, collect } from "./clips.fixture.js";
import { extractFrames } from "./extract-frames.js";
import { probeVideo } from "./ffmpeg/probe-video.js";
import { thumbDistance } from "./shots/thumb-distance.js";

let clips: ClipFolder;
let moving: string;
beforeAll(async () => {
  clips = await ClipFolder.open();
  moving = await clips.makeFrom("moving.mp4", "testsrc2=s=320x180:r=25:d=4", "-g", "10");
});
afterAll(() => clips.close());

describe("a rule takes target candidates from all frames of the video", () => {
  test("everyFrame takes each, numbered from 0, at the time that the stream gives it", async () => {
    const frames = await collect(extractFrames(moving, { rule: { kind: "everyFrame" } }));
    expect(frames.map((frame) => frame.index)).toEqual(Array.from({ length: 100 }, (_, index) => index));
    expect(frames.map((frame) => frame.timestampMs)).toEqual(await clips.frameTimes(moving));
  });

  test("everyNth takes the first and every n-th", async () => {
    const frames = await collect(extractFrames(moving, { rule: { kind: "everyNth", n: 30 } }));
    expect(frames.map((frame) => frame.index)).toEqual([0, 30, 60, 90]);
  });

  test("interval takes the first frame that is late enough", async () => {
    const frames = await collect(extractFrames(moving, { rule: { kind: "interval", seconds: 0.9 } }));
    expect(frames.map((frame) => frame.timestampMs)).toEqual([0, 920, 1840, 2760, 3680]);
  });

  test("keyframes takes those that the video can be entered at, under their number among all frames", async () => {
    const frames = await collect(extractFrames(moving, { rule: { kind: "keyframes" } }));
    expect(frames.map((frame) => frame.index)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
  });

  test("from takes every frame from a time on: asked for by a frame's own time, that frame first", async () => {
    // A third of a millisecond: a frame's time is rounded up as often as down.
    const file = await clips.makeFrom("ntsc.mp4", "testsrc2=s=160x90:r=30000/1001:d=1");
    const all = await collect(extractFrames(file, { rule: { kind: "everyFrame" } }));
    const times = all.map((frame) => frame.timestampMs);
    for (const [at, ms] of times.entries()) {
      for await (const { timestampMs } of extractFrames(file, { rule: { kind: "from", ms } })) {
        expect([at, timestampMs]).toEqual([at, ms]);
        break;
      }
    }
    const late = await collect(extractFrames(file, { rule: { kind: "from", ms: 900 } }));
    expect(late.map((frame) => frame.timestampMs)).toEqual(times.filter((time) => time >= 900));
    expect(await collect(extractFrames(file, { rule: { kind: "from", ms: 5000 } }))).toEqual([]);
  });

  test.each([
    { kind: "from", ms: -1 },
    { kind: "everyNth", n: 0 },
    { kind: "interval", seconds: -1 },
    { kind: "shots", maxTargets: 4, minTargets: 5 },
  ] as const)("%j is refused", async (rule) => {
    await expect(collect(extractFrames(moving, { rule }))).rejects.toMatchObject({ code: "INVALID_RULE" });
  });
});

describe("a frame's time is the stream's own", () => {
  test("where the frame rate varies", async () => {
    const file = await clips.makeFrom(
      "varies.mkv",
      "testsrc2=s=160x90:r=50:d=4",
      ...["-vf", "select='lt(n,20)+not(mod(n,7))'", "-vsync", "0", "-c:v", "libx264"],
    );
    const times = await clips.frameTimes(file);
    expect(new Set(times.slice(1).map((time, at) => time - (times[at] ?? 0))).size).toBeGreaterThan(2);
    const frames = await collect(extractFrames(file, { rule: { kind: "everyFrame" } }));
    expect(frames.map((frame) => frame.timestampMs)).toEqual(times);
  });

  test("and is exact to the millisecond beyond a quarter of an hour", async () => {
    const file = await clips.makeFrom(
      "long.mkv",
      "testsrc2=s=64x36:r=0.37:d=4000",
      ...["-c:v", "libx264", "-preset", "ultrafast"],
    );
    const frames = await collect(extractFrames(file, { rule: { kind: "everyNth", n: 50 } }));
    const times = await clips.frameTimes(file);
    expect(frames.map((frame) => frame.timestampMs)).toEqual(frames.map((frame) => times[frame.index]));
    expect(frames.at(-1)?.timestampMs).toBeGreaterThan(3_000_000);
  });
});

describe("every shape of video", () => {
  test("a rotated one is upright in the picture and in the facts", async () => {
    const flat = await clips.makeFrom("flat.mp4", "testsrc2=s=320x180:r=25:d=1");
    const file = await clips.make("rotated.mp4", "-i", flat, "-c", "copy", "-metadata:s:v", "rotate=90");
    expect(await probeVideo(file)).toMatchObject({ width: 180, height: 320 });
    const [frame] = await collect(extractFrames(file, { rule: { kind: "everyNth", n: 25 } }));
    expect(frame).toMatchObject({ width: 180, height: 320 });
    await expect(sharp(frame?.jpeg).metadata()).resolves.toMatchObject({ format: "jpeg", width: 180, height: 320 });
  });

  test.each([
    ["odd sides", "testsrc=s=321x181:r=5:d=1", ["-pix_fmt", "yuv444p", "-c:v", "libx264"], 321, 181],
    ["10 bits a sample", "testsrc2=s=320x180:r=5:d=1", ["-pix_fmt", "yuv420p10le", "-c:v", "libx265"], 320, 180],
    ["pixels that are not square", "testsrc2=s=360x288:r=5:d=1", ["-vf", "setsar=16/11"], 524, 288],
    ["one frame", "testsrc2=s=320x180:r=5:d=0.2", [], 320, 180],
  ])("one with %s", async (name, source, args, width, height) => {
    const file = await clips.makeFrom(`${name.replaceAll(" ", "-")}.mkv`, source, ...args);
    expect(await probeVideo(file)).toMatchObject({ width, height });
    const [frame] = await collect(extractFrames(file, { rule: { kind: "everyFrame" } }));
    expect(frame).toMatchObject({ width, height, index: 0, timestampMs: 0, shot: 0 });
    expect(frame?.rgb.length).toBe(224 * 224 * 3);
    await expect(sharp(frame?.jpeg).metadata()).resolves.toMatchObject({ format: "jpeg", width, height });
  });

  test.each(["bt709", "bt470bg"])("the JPEG shows the colours of the encoder input (%s)", async (matrix) => {
    const args = ["-vf", `scale=out_color_matrix=${matrix}`, "-colorspace", matrix, "-color_range", "tv", "-qp", "5"];
    const file = await clips.makeFrom(`${matrix}.mp4`, "testsrc2=s=448x448:r=5:d=0.4", ...args);
    const [frame] = await collect(extractFrames(file, { rule: { kind: "everyFrame" } }));
    const shown = await sharp(frame?.jpeg).resize(224, 224, { fit: "fill" }).raw().toBuffer();
    expect(thumbDistance(shown, frame?.rgb ?? new Uint8Array())).toBeLessThan(0.02);
  });

  test("one whose frames change size on the way", async () => {
    const small = await clips.makeFrom("small.ts", "testsrc2=s=160x90:r=25:d=1", "-c:v", "libx264");
    const large = await clips.makeFrom("large.ts", "testsrc2=s=320x180:r=25:d=1", "-c:v", "libx264");
    const file = await clips.make("changes.ts", "-i", `concat:${small}|${large}`, "-c", "copy");
    const frames = await collect(extractFrames(file, { rule: { kind: "everyNth", n: 10 } }));
    expect(frames.length).toBeGreaterThanOrEqual(5);
    expect(new Set(frames.map(({ width, height }) => `${width}x${height}`)).size).toBe(1);
  });
});
