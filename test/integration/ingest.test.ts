import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COVER_QUERY, registerVideo, untilIngested, type Video } from "./facet-calls.fixture.js";
import { countRows, startTestService, type TestService } from "./facet-service.fixture.js";
import { makeAudioOnlyClip, makeSyntheticClip } from "./material.fixture.js";

let service: TestService;
let clip: Buffer;
const client = () => service.client;

beforeAll(async () => {
  service = await startTestService();
  clip = await makeSyntheticClip("mandelbrot=size=320x180:rate=10", 2);
});
afterAll(() => service.close());

async function ingest(id: string, bytes: Uint8Array): Promise<Video> {
  const uploadId = await client().upload(bytes, "video/mp4");
  const { userErrors } = await registerVideo(client(), { id, source: { uploadId } });
  expect(userErrors).toEqual([]);
  return untilIngested(client(), id);
}

const PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n";

describe("a file that is no video", () => {
  test.each<[string, () => Promise<Uint8Array> | Uint8Array, string]>([
    ["cut short", () => clip.subarray(0, 4000), "UNREADABLE_VIDEO"],
    ["text named .mp4", () => Buffer.from("This is no video.\n".repeat(100)), "UNREADABLE_VIDEO"],
    ["a playlist named .mp4", () => Buffer.from(PLAYLIST), "UNREADABLE_VIDEO"],
    ["sound alone", makeAudioOnlyClip, "NO_VIDEO_STREAM"],
    ["black all through", () => makeSyntheticClip("color=black:size=320x180:rate=10", 2), "NO_CANDIDATE_FRAMES"],
    ["one grey all through", () => makeSyntheticClip("color=gray:size=320x180:rate=10", 2), "NO_CANDIDATE_FRAMES"],
  ])("%s fails with its reason, and leaves no frame", async (name, makeBytes, code) => {
    const before = await countRows(service);
    const video = await ingest(name, await makeBytes());
    expect(video).toMatchObject({ status: "FAILED", failure: { code } });
    expect(video.failure?.message).not.toMatch(/\/tmp|\/root|\.ts:|Error:/);

    const { video: one = 0, "pgboss.job": jobs = 0, ...others } = before;
    const after = await countRows(service);
    expect(after).toEqual({ ...others, video: one + 1, "pgboss.job": expect.any(Number) as number });
    expect(after["pgboss.job"]).toBeLessThanOrEqual(jobs + 1);
  });

  test("answers a request for its cover with the reason", async () => {
    await ingest("broken", Buffer.from("no video"));
    const { errors } = await client().ask(COVER_QUERY, { videoId: "broken", userId: "ann" });
    expect(errors?.[0]?.extensions).toMatchObject({
      code: "VIDEO_NOT_READY",
      status: "FAILED",
      failure: { code: "UNREADABLE_VIDEO" },
    });
  });
});

test("a video that failed is tried anew when it is registered again, with the same source or another", async () => {
  expect(await ingest("mended", Buffer.from("no video"))).toMatchObject({ status: "FAILED" });
  expect(await ingest("mended", Buffer.from("no video"))).toMatchObject({ status: "FAILED" });
  expect(await ingest("mended", clip)).toMatchObject({ status: "READY", failure: null });
});

test("an empty upload is refused", async () => {
  const response = await client().postUpload(new Uint8Array(), { "content-type": "video/mp4" });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: "UPLOAD_INCOMPLETE" } });
});

test("a file that vanished after it was registered is a failure with its reason", async () => {
  const path = join(service.mediaRoot, "gone.mp4");
  await mkdir(service.mediaRoot, { recursive: true });
  await writeFile(path, clip);
  // The worker is one: while it is busy with the first video, the second waits.
  const uploadId = await client().upload(await makeSyntheticClip("testsrc2=size=640x360:rate=25", 4), "video/mp4");
  await registerVideo(client(), { id: "busy", source: { uploadId } });
  await registerVideo(client(), { id: "gone", source: { path: "gone.mp4" } });
  await rm(path);
  expect(await untilIngested(client(), "gone")).toMatchObject({ failure: { code: "SOURCE_NOT_FOUND" } });
});

test("a video in ingest answers with its status and a hint when to ask again", async () => {
  const uploadId = await client().upload(clip, "video/mp4");
  await registerVideo(client(), { id: "new", source: { uploadId } });
  const { errors } = await client().ask(COVER_QUERY, { videoId: "new", userId: "ann" });
  expect(errors?.[0]?.extensions).toMatchObject({
    code: "VIDEO_NOT_READY",
    status: expect.stringMatching(/PENDING|PROCESSING/) as string,
    retryAfterSeconds: expect.any(Number) as number,
  });
  await untilIngested(client(), "new");
});

test("the same bytes under two ids are two videos whose pictures are kept once", async () => {
  await ingest("one", clip);
  const images = await service.prisma.image.count();
  expect(await ingest("two", clip)).toMatchObject({ status: "READY" });
  expect(await service.prisma.image.count()).toBe(images);
});

test("the same registration from many callers at once is one video and one job", async () => {
  const uploadId = await client().upload(clip, "video/mp4");
  const before = await countRows(service);
  const input = { id: "crowd", source: { uploadId } };
  const answers = await Promise.all(Array.from({ length: 10 }, () => registerVideo(client(), input)));
  expect(answers.every((answer) => answer.video?.id === "crowd" && answer.userErrors.length === 0)).toBe(true);
  await untilIngested(client(), "crowd");
  const after = await countRows(service);
  expect(after["video"]).toBe((before["video"] ?? 0) + 1);
  expect(after["pgboss.job"]).toBe((before["pgboss.job"] ?? 0) + 1);
});

test("videos are listed in pages by state, the newest first", async () => {
  const query = `query Page($after: String) {
    videos(first: 2, after: $after, status: READY) { nodes { id status } pageInfo { hasNextPage endCursor } }
  }`;
  interface Page {
    videos: { nodes: Video[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
  }
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const page: Page["videos"] = (await client().get<Page>(query, { after })).videos;
    expect(page.nodes.every((video) => video.status === "READY")).toBe(true);
    ids.push(...page.nodes.map((video) => video.id));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  const stored = await service.prisma.video.findMany({ where: { status: "READY" }, orderBy: { registeredAt: "desc" } });
  expect(ids).toEqual(stored.map((video) => video.id));
});
