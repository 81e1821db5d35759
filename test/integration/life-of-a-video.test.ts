import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { chooseCover, registerVideo, untilIngested } from "./facet-calls.fixture.js";
import { startTestService, type TestService } from "./facet-service.fixture.js";
import { makeAudioOnlyClip, makeSyntheticClip } from "./material.fixture.js";
import { mutate } from "./mutation.fixture.js";
import { changeVideo, readVideo, untilSettled, type Change, type Facts } from "./video-change.fixture.js";

// Each test takes some videos in.
vi.setConfig({ testTimeout: 180_000 });

let service: TestService;
let clip: Buffer;
let otherClip: Buffer;
const client = () => service.client;

const change = (name: Change, input: Record<string, unknown>) => changeVideo(client(), name, input);
const read = (id: string) => readVideo(client(), id);
const settled = (id: string) => untilSettled(client(), id);

async function upload(bytes: Uint8Array): Promise<{ uploadId: string }> {
  return { uploadId: await client().upload(bytes, "video/mp4") };
}

/** Ids, by time. */
async function framesOf(videoId: string): Promise<readonly string[]> {
  const orderBy = [{ timestampMs: "asc" }, { index: "asc" }] as const;
  return (await service.prisma.candidateFrame.findMany({ where: { videoId }, orderBy: [...orderBy] })).map(
    ({ id }) => id,
  );
}

async function ingest(id: string, facts: Record<string, unknown> = {}): Promise<void> {
  await registerVideo(client(), { id, source: await upload(clip), ...facts });
  expect(await untilIngested(client(), id)).toMatchObject({ status: "READY" });
}

beforeAll(async () => {
  service = await startTestService();
  clip = await makeSyntheticClip("testsrc2=size=320x180:rate=10", 2);
  otherClip = await makeSyntheticClip("mandelbrot=size=320x180:rate=10", 3);
});
afterAll(() => service.close());

test("an ingest says where it stands, and all of it is done in the end", async () => {
  await registerVideo(client(), { id: "told", source: await upload(clip) });
  const seen: Facts["ingest"][] = [];
  do {
    seen.push((await read("told")).ingest);
    await new Promise((resolve) => setTimeout(resolve, 20));
  } while (seen.at(-1)?.stage !== "DONE");
  const progress = seen.map((ingest) => ingest.progress);
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  expect(seen.filter((ingest) => ingest.progress === 1).every((ingest) => ingest.stage === "DONE")).toBe(true);
  expect(seen.at(-1)).toEqual({ stage: "DONE", progress: 1, attempts: 1, failure: null });
});

describe("an ingest that failed", () => {
  test("is tried again when asked, and succeeds once the cause is gone", async () => {
    const file = join(service.mediaRoot, "later.mp4");
    await mkdir(service.mediaRoot, { recursive: true });
    await writeFile(file, "no video");
    await registerVideo(client(), { id: "later", source: { path: "later.mp4" } });
    expect(await settled("later")).toMatchObject({
      status: "FAILED",
      ingest: { attempts: 1, failure: { code: "UNREADABLE_VIDEO" } },
    });
    await writeFile(file, clip);
    const { video, userErrors } = await change("retryIngest", { videoId: "later" });
    expect(userErrors).toEqual([]);
    expect(video).toMatchObject({ status: "PENDING", revision: 1, ingest: { attempts: 0, failure: null } });
    expect(await settled("later")).toMatchObject({ status: "READY", failure: null, ingest: { stage: "DONE" } });
  });
});

describe("a source that is replaced", () => {
  test("leaves the cover as it is until the new frames are there, then all is new at once", async () => {
    await ingest("film");
    const before = await chooseCover(client(), "film", "ann");
    const { video } = await change("replaceVideoSource", { videoId: "film", source: await upload(otherClip) });
    expect(video).toMatchObject({ status: "READY", revision: 1, ingest: { failure: null } });
    for (;;) {
      // Never an error, however the question falls into the exchange of the frames.
      const cover = await chooseCover(client(), "film", "ann");
      if (cover.decisionId !== before.decisionId) break;
      expect(cover).toEqual(before);
    }
    expect(await settled("film")).toMatchObject({ status: "READY", revision: 2, durationMs: 3000 });
    const after = await chooseCover(client(), "film", "ann");
    expect(after.frame.id).not.toBe(before.frame.id);
    const rows = await service.prisma.candidateFrame.findMany({ where: { videoId: "film" } });
    expect(rows.map((row) => row.id)).not.toContain(before.frame.id);
    expect(await service.prisma.sourceReplacement.count()).toBe(0);
  });

  test("takes pins and bans with its frames; whether covers are personal stays with the video", async () => {
    await ingest("ruled");
    const [pinned, banned] = await framesOf("ruled");
    const videoId = "ruled";
    await mutate(client(), "pinCover", { videoId, frameId: pinned });
    await mutate(client(), "banFrame", { videoId, frameId: banned });
    await mutate(client(), "setVideoPersonalization", { videoId, personalized: false });
    expect(await chooseCover(client(), videoId, "ann")).toMatchObject({ basis: "PINNED", frame: { id: pinned } });
    await change("replaceVideoSource", { videoId, source: await upload(otherClip) });
    expect(await settled(videoId)).toMatchObject({ status: "READY", revision: 2 });
    const after = await framesOf(videoId);
    expect(after).not.toContain(pinned);
    const query = `{ video(id: "ruled") { pinnedFrame { id } personalized candidateFrames { ruling } } }`;
    const { video } = await client().get<{ video: { candidateFrames: readonly object[] } }>(query);
    expect(video).toMatchObject({ pinnedFrame: null, personalized: false });
    expect(video.candidateFrames).toEqual(after.map(() => ({ ruling: "NONE" })));
    const cover = await chooseCover(client(), videoId, "ann");
    expect(cover).toMatchObject({ basis: "QUALITY", reason: "PERSONALIZATION_OFF" });
    expect(cover.candidates.map(({ frame }) => frame.id)).toEqual(after);
  });

  test("that cannot be ingested leaves the video ready, and says so; asked again, it is tried again", async () => {
    await ingest("show");
    const before = await chooseCover(client(), "show", "ann");
    await change("replaceVideoSource", { videoId: "show", source: await upload(await makeAudioOnlyClip()) });
    const failed = await settled("show");
    expect(failed).toMatchObject({
      ...{ status: "READY", revision: 1, failure: null },
      ingest: { failure: { code: "NO_VIDEO_STREAM" } },
    });
    expect(await chooseCover(client(), "show", "ann")).toEqual(before);
    await change("retryIngest", { videoId: "show" });
    expect(await settled("show")).toMatchObject({
      status: "READY",
      ingest: { failure: { code: "NO_VIDEO_STREAM" } },
    });
  });
});

test("what the platform says of a video is changed, kept and taken away", async () => {
  const metadata = { season: 2, tags: ["a", null], nested: { deep: true }, "text\\u0000": "\\u0000" };
  await ingest("told-of", { title: "A", category: "news", metadata });
  expect(await read("told-of")).toMatchObject({ title: "A", category: "news", metadata });
  const again = await registerVideo(client(), {
    ...{ id: "told-of", title: "A", category: "news", metadata, source: await upload(clip) },
  });
  expect(again.userErrors).toEqual([]);
  await change("updateVideo", { videoId: "told-of", title: "B", metadata: { other: 1 } });
  expect(await read("told-of")).toMatchObject({ title: "B", category: "news", metadata: { other: 1 } });
  await change("updateVideo", { videoId: "told-of", title: null, metadata: null });
  expect(await read("told-of")).toMatchObject({ title: null, category: "news", metadata: null, status: "READY" });
});
