import { afterAll, beforeAll, expect, test } from "vitest";
import { ClipFolder, collect } from "../clips.fixture.js";
import { probeSource } from "../ffmpeg/probe-video.js";
import { VideoLimitError } from "../ffmpeg/video-errors.js";
import { DEFAULT_VIDEO_LIMITS } from "../ffmpeg/video-limits.js";
import { fullFormat } from "../full-size/full-format.js";
import { FullPictures } from "../full-size/full-pictures.js";
import { decodeFrames } from "./decode-frames.js";
import { pickerFor } from "./frame-picker.js";

let clips: ClipFolder;
beforeAll(async () => {
  clips = await ClipFolder.open();
});
afterAll(() => clips.close());

test.each(["maxSilenceMs", "maxDecodeMs"] as const)("a decoder that says nothing is ended after %s", async (limit) => {
  const film = await clips.makeFrom("film.mp4", "testsrc2=s=320x180:r=25:d=1");
  const video = await probeSource(film, clips.tools, DEFAULT_VIDEO_LIMITS, undefined);
  const silent = { ...clips.tools, ffmpegPath: await clips.writeProgram("silent", "exec sleep 600\n") };
  const limits = { ...DEFAULT_VIDEO_LIMITS, [limit]: 1 };
  const format = fullFormat("bt709", 320, 180);
  const full = { format, pictures: new FullPictures("film.mp4", format, silent, limits.maxSilenceMs, undefined) };
  const picker = pickerFor({ kind: "everyFrame" }, video.facts.durationMs);
  const refusal = expect(collect(decodeFrames(video, picker, full, silent, limits, undefined))).rejects;
  await refusal.toBeInstanceOf(VideoLimitError);
  await refusal.toThrow("took too long to decode: no frame within 1 ms");
});
