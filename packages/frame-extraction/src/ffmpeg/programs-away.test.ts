import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClipFolder, collect } from "../clips.fixture.js";
import { extractFrames } from "../extract-frames.js";
import { DecoderUnavailableError } from "./decoder-errors.js";
import type { FfmpegTools } from "./find-ffmpeg.js";
import { probeVideo } from "./probe-video.js";

let clips: ClipFolder;
let film: string;
/** Of which only the decoder knows how long it is. */
let recording: string;
beforeAll(async () => {
  clips = await ClipFolder.open();
  film = await clips.makeFrom("film.mp4", "testsrc2=s=160x90:r=25:d=1");
  recording = await clips.make("recording.mkv", "-i", film, "-c", "copy", "-f", "matroska", "-live", "1");
});
afterAll(() => clips.close());

describe.each([
  ["is not there", "ENOENT", () => clips.path("nowhere/program")],
  ["may not be executed", "EACCES", () => clips.write("program", "of another user")],
  ["is looked for below a file", "ENOTDIR", () => `${film}/program`],
  ["has no name", "ERR_INVALID_ARG_VALUE", () => ""],
])("a program that %s is no fault of the video", (_name, code, findProgram) => {
  const withProgram = async (which: "ffmpegPath" | "ffprobePath"): Promise<FfmpegTools> => ({
    ...clips.tools,
    [which]: await findProgram(),
  });

  async function expectUnavailable(work: Promise<unknown>): Promise<void> {
    const error = await work.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DecoderUnavailableError);
    expect(error).toMatchObject({ code: "DECODER_UNAVAILABLE" });
    expect(String(error)).toContain(code);
    expect(String(error)).not.toContain(clips.path(""));
  }

  test("ffprobe", async () => {
    const ffmpeg = await withProgram("ffprobePath");
    await expectUnavailable(probeVideo(film, { ffmpeg }));
    await expectUnavailable(collect(extractFrames(film, { ffmpeg })));
  });

  test("ffmpeg", async () => {
    const ffmpeg = await withProgram("ffmpegPath");
    await expectUnavailable(probeVideo(recording, { ffmpeg }));
    await expectUnavailable(collect(extractFrames(film, { ffmpeg })));
  });
});

describe("a program that somebody else ends is no fault of the video", () => {
  const stopped = { code: "DECODER_STOPPED", message: expect.stringContaining("SIGKILL") as string };

  test("ffmpeg, as it looks for a recording's end", async () => {
    const ffmpegPath = await clips.writeProgram("killed-ffmpeg", "kill -KILL $$\n");
    await expect(probeVideo(recording, { ffmpeg: { ...clips.tools, ffmpegPath } })).rejects.toMatchObject(stopped);
  });

  test("ffprobe, and ffmpeg in its place", async () => {
    const ffprobePath = await clips.writeProgram("killed-ffprobe", "kill -KILL $$\n");
    expect(await probeVideo(film, { ffmpeg: { ...clips.tools, ffprobePath } })).toMatchObject({ width: 160 });
    const ffmpeg = { ...clips.tools, ffmpegPath: ffprobePath, ffprobePath };
    await expect(probeVideo(film, { ffmpeg })).rejects.toMatchObject(stopped);
  });

  test("but one that breaks down may have done so of it", async () => {
    const ffmpegPath = await clips.writeProgram("broken-ffmpeg", "kill -SEGV $$\n");
    const ffmpeg = { ...clips.tools, ffmpegPath };
    await expect(probeVideo(recording, { ffmpeg })).rejects.toMatchObject({ code: "UNREADABLE_VIDEO" });
  });
});
