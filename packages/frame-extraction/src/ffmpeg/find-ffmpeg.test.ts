import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { ClipFolder } from "../clips.fixture.js";
import { DecoderUnavailableError } from "./decoder-errors.js";
import { findFfmpeg } from "./find-ffmpeg.js";

let clips: ClipFolder;
beforeAll(async () => {
  clips = await ClipFolder.open();
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.doUnmock("@ffmpeg-installer/ffmpeg");
  vi.doUnmock("@ffprobe-installer/ffprobe");
});
afterAll(() => clips.close());

test.each(["ffmpeg", "ffprobe"] as const)(
  "where the %s from npm may not be executed, none is found, and the reason names no folder",
  async (name) => {
    vi.stubEnv("PATH", ""); // Not the system's.
    const path = await clips.write(name, "of another user");
    vi.doMock(`@${name}-installer/${name}`, () => ({ default: { path } }));
    const error = await findFfmpeg().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DecoderUnavailableError);
    expect(String(error)).toContain(`"${name}" cannot be started (EACCES)`);
    expect(String(error)).not.toContain(clips.path(""));
  },
);
