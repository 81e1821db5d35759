import { truncate } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClipFolder, collect } from "../clips.fixture.js";
import { extractFrames } from "../extract-frames.js";
import { InvalidLimitError } from "../limits/invalid-limit-error.js";
import type { FfmpegTools } from "./find-ffmpeg.js";
import { probeVideo } from "./probe-video.js";
import { NoVideoStreamError, UnreadableVideoError, VideoLimitError } from "./video-errors.js";

let clips: ClipFolder;
let film: string;
beforeAll(async () => {
  clips = await ClipFolder.open();
  film = await clips.makeFrom("film.mp4", "testsrc2=s=320x180:r=25:d=3");
});
afterAll(() => clips.close());

test("the facts are those of the file", async () => {
  const facts = await probeVideo(film);
  expect(facts).toMatchObject({ durationMs: 3000, width: 320, height: 180, codec: "h264" });
  expect(facts.container.split(",")).toContain("mp4");
  expect(facts.sizeBytes).toBeGreaterThan(1000);
});

test("a recording that was never finished has about the time of its last packet as its duration", async () => {
  const file = await clips.make("recording.mkv", "-i", film, "-c", "copy", "-f", "matroska", "-live", "1");
  const { durationMs } = await probeVideo(file);
  expect(durationMs).toBeGreaterThan(2800);
  expect(durationMs).toBeLessThanOrEqual(3000);
});

test.each(["mp4", "mkv", "ts"])("a film in %s whose first frame is late plays no longer for it", async (kind) => {
  const file = await clips.make(`late.${kind}`, "-i", film, "-c", "copy", "-output_ts_offset", "3000");
  const { durationMs } = await probeVideo(file);
  expect(Math.abs(durationMs - 3000)).toBeLessThan(100);
  expect(await collect(extractFrames(file, { rule: { kind: "everyNth", n: 25 } }))).toHaveLength(3);
});

test("a transport stream that names its service is read", async () => {
  const file = await clips.make("service.ts", "-i", film, "-c", "copy", "-metadata", "service_name=Ön Air");
  expect(await probeVideo(file)).toMatchObject({ width: 320, height: 180, codec: "h264", container: "mpegts" });
  expect((await collect(extractFrames(file, { rule: { kind: "everyNth", n: 25 } }))).length).toBe(3);
});

describe("what is no video is one typed error", () => {
  const playlist = "#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\nfilm.mp4\n#EXT-X-ENDLIST\n";
  test.each([
    ["an empty file", ""],
    ["text", "This is not a video.\n".repeat(200)],
    ["an HLS playlist", playlist],
    ["a concat script", "ffconcat version 1.0\nfile film.mp4\n"],
    ["a JPEG's head", "\xff\xd8\xff\xe0\0\x10JFIF\0"],
  ])("%s under the name of one", async (name, text) => {
    const file = await clips.write(`${name.replaceAll(/\W/g, "-")}.mp4`, text);
    await expect(probeVideo(file)).rejects.toBeInstanceOf(UnreadableVideoError);
    await expect(collect(extractFrames(file))).rejects.toBeInstanceOf(UnreadableVideoError);
  });

  test("a file that is not there, and a folder", async () => {
    await expect(probeVideo(clips.path("nowhere.mp4"))).rejects.toThrow('"nowhere.mp4" cannot be read as a video');
    await expect(probeVideo(clips.path("."))).rejects.toBeInstanceOf(UnreadableVideoError);
  });

  test("a name that ffmpeg would take for a protocol", async () => {
    await expect(probeVideo("concat:film.mp4|film.mp4")).rejects.toBeInstanceOf(UnreadableVideoError);
  });

  test("sound alone, and sound with a picture of its cover", async () => {
    const tone = ["-f", "lavfi", "-i", "sine=d=1", "-c:a", "aac"];
    const sound = await clips.make("sound.m4a", ...tone);
    await expect(probeVideo(sound)).rejects.toBeInstanceOf(NoVideoStreamError);
    await expect(collect(extractFrames(sound))).rejects.toBeInstanceOf(NoVideoStreamError);

    const cover = await clips.make("cover.png", "-f", "lavfi", "-i", "testsrc2=s=64x64", "-frames:v", "1");
    const song = await clips.make(
      "song.mp3",
      ...["-f", "lavfi", "-i", "sine=d=1", "-i", cover, "-map", "0", "-map", "1", "-c:v", "copy"],
    );
    await expect(probeVideo(song)).rejects.toThrow();
  });

  test("a video whose index is cut off", async () => {
    const file = await clips.truncate("no-index.mp4", film, 0.6);
    await expect(probeVideo(file)).rejects.toBeInstanceOf(UnreadableVideoError);
  });

  test("the message names the file, but not where it is", async () => {
    const error = await probeVideo(await clips.write("notes.mp4", "notes")).catch((reason: unknown) => reason);
    expect(String(error)).toContain('"notes.mp4"');
    expect(String(error)).not.toContain(clips.path(""));
  });
});

describe("a video beyond a limit is refused", () => {
  test.each([
    [{ maxBytes: 1000 }, "bytes; the limit is 1000"],
    [{ maxDurationMs: 2999 }, "plays for 3000 ms; the limit is 2999 ms"],
    [{ maxPixels: 50_000 }, "320 x 180 px; the limit is 50000 pixels"],
  ])("%j", async (limits, message) => {
    const refusal = expect(probeVideo(film, { limits })).rejects;
    await refusal.toBeInstanceOf(VideoLimitError);
    await refusal.toThrow(message);
    await expect(collect(extractFrames(film, { limits }))).rejects.toBeInstanceOf(VideoLimitError);
  });

  test("before it is opened, where it is only huge", async () => {
    const file = await clips.write("huge.mp4", "");
    await truncate(file, 2 ** 33); // A hole: it takes no room.
    await expect(probeVideo(file)).rejects.toThrow("has 8589934592 bytes; the limit is 4294967296");
  });
});

describe("a limit that", () => {
  test.each([
    ["maxPixels", NaN],
    ["maxPixels", 60_000.5],
    ["maxSilenceMs", NaN],
    ["maxSilenceMs", -1],
    ["maxSilenceMs", 0],
    ["maxSilenceMs", 1.5],
    ["maxDecodeMs", NaN],
    ["maxBytes", NaN],
    ["maxBytes", "4 GiB"],
    ["maxDurationMs", -Infinity],
  ])("can be none is the caller's mistake: %s of %s", async (name, value) => {
    const limits = { [name]: value };
    const message = `${name} takes a whole number from 1, or Infinity for no limit, not ${value}.`;
    const probing = expect(probeVideo(film, { limits })).rejects;
    await probing.toBeInstanceOf(InvalidLimitError);
    await probing.toThrow(message);
    await expect(collect(extractFrames(film, { limits }))).rejects.toThrow(message);
  });

  test.each([Infinity, 2 ** 40, 2 ** 32, undefined])("is %s keeps no good video from being read", async (value) => {
    const limits = {
      ...{ maxBytes: value, maxDurationMs: value, maxPixels: value, maxDecodeMs: value, maxSilenceMs: value },
    };
    expect(await probeVideo(film, { limits })).toMatchObject({ durationMs: 3000 });
    const rule = { kind: "everyNth", n: 25 } as const;
    expect(await collect(extractFrames(film, { limits, rule }))).toHaveLength(3);
  });

  test("is undefined is the default", async () => {
    const file = await clips.write("huge-for-all.mp4", "");
    await truncate(file, 2 ** 33); // A hole: it takes no room.
    await expect(probeVideo(file, { limits: { maxBytes: undefined } })).rejects.toThrow("the limit is 4294967296");
  });
});

describe("a program that does not come to an end is ended", () => {
  /** Tools that never say anything, instead of one of the programs. */
  const stuck = async (which: "ffmpegPath" | "ffprobePath"): Promise<FfmpegTools> => ({
    ...clips.tools,
    [which]: await clips.writeProgram("stuck", "exec sleep 600\n"),
  });
  const running = (): number => process.getActiveResourcesInfo().filter((name) => name === "ProcessWrap").length;

  test.each([
    ["ffprobePath", "film.mp4", "took too long to open"],
    ["ffmpegPath", "recording.mkv", "took too long to read"],
  ] as const)("when its time is over: %s", async (which, name, message) => {
    await clips.make("recording.mkv", "-i", film, "-c", "copy", "-f", "matroska", "-live", "1");
    const limits = which === "ffprobePath" ? { maxSilenceMs: 50 } : { maxDecodeMs: 50 };
    const refusal = expect(probeVideo(clips.path(name), { ffmpeg: await stuck(which), limits })).rejects;
    await refusal.toBeInstanceOf(VideoLimitError);
    await refusal.toThrow(message);
  });

  test("when it writes without end: that is a fault of the file, not of its time", async () => {
    const ffprobePath = await clips.writeProgram("talkative", "exec yes\n");
    await expect(probeVideo(film, { ffmpeg: { ...clips.tools, ffprobePath } })).rejects.toBeInstanceOf(
      UnreadableVideoError,
    );
  });

  test.each([
    ["ffprobePath", "film.mp4"],
    ["ffmpegPath", "recording.mkv"],
  ] as const)("when it is not wanted any more: %s", async (which, name) => {
    await clips.make("recording.mkv", "-i", film, "-c", "copy", "-f", "matroska", "-live", "1");
    const controller = new AbortController();
    const probing = probeVideo(clips.path(name), {
      ...{ ffmpeg: await stuck(which), signal: controller.signal },
      limits: { maxSilenceMs: 3_600_000, maxDecodeMs: 3_600_000 },
    });
    while (running() === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort(new Error("not wanted any more"));
    await expect(probing).rejects.toThrow("not wanted any more");
    while (running() > 0) await new Promise((resolve) => setImmediate(resolve));
  });
});

test("a damaged video gives what can be decoded of it", async () => {
  const streamable = await clips.make("streamable.mp4", "-i", film, "-c", "copy", "-movflags", "faststart");
  const file = await clips.truncate("half.mp4", streamable, 0.6);
  const frames = await collect(extractFrames(file, { rule: { kind: "everyFrame" } }));
  expect(frames.length).toBeGreaterThan(10);
  expect(frames.length).toBeLessThan(75);
});
