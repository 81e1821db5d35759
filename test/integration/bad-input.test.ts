import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  chooseCover,
  COVER_QUERY,
  recordLikedImage,
  REGISTER_MUTATION,
  registerVideo,
  removeLikedImage,
  untilIngested,
} from "./facet-calls.fixture.js";
import { countRows, startTestService, type TestService } from "./facet-service.fixture.js";
import { makeHugePng, makeSyntheticClip, photoPart } from "./material.fixture.js";

let service: TestService;
let clip: Buffer;
let frameId: string;
let likedImageId: string;
const ABSENT = "00000000-0000-7000-8000-000000000000";
const client = () => service.client;

beforeAll(async () => {
  service = await startTestService();
  clip = await makeSyntheticClip("testsrc2=size=320x180:rate=10", 2);
  await mkdir(join(service.mediaRoot, "folder"), { recursive: true });
  await writeFile(join(service.mediaRoot, "clip.mp4"), clip);
  await writeFile(join(service.mediaRoot, "other.mp4"), clip);
  await writeFile(join(service.mediaRoot, "../secret.mp4"), clip);
  await symlink(join(service.mediaRoot, "../secret.mp4"), join(service.mediaRoot, "link.mp4"));
  await symlink(join(service.mediaRoot, ".."), join(service.mediaRoot, "out"));

  await registerVideo(client(), { id: "known", title: "Known", source: { path: "clip.mp4" } });
  expect(await untilIngested(client(), "known")).toMatchObject({ status: "READY" });
  frameId = (await chooseCover(client(), "known", "ann")).frame.id;
  const { likedImage } = await recordLikedImage(client(), { userId: "ann", source: { frameId } });
  likedImageId = likedImage?.id ?? "";
});
afterAll(() => service.close());

/** Runs what must be refused, and makes sure that it changed no table. */
async function changingNothing<Result>(work: () => Promise<Result>): Promise<Result> {
  const before = await countRows(service);
  const result = await work();
  expect(await countRows(service)).toEqual(before);
  return result;
}

const uploadOf = (bytes: Uint8Array) => client().upload(bytes, "application/octet-stream");
const BAD_IDS = ["", "x".repeat(129), "a\u0000b", "a\nb", "\u2028"];
const named = (id: string) => `the id ${JSON.stringify(id).slice(0, 20)}`;

describe("registerVideo refuses", () => {
  const source = { path: "clip.mp4" };
  type Refusal = [name: string, input: Record<string, unknown>, code: string, field: string];
  test.each<Refusal>([
    ...BAD_IDS.map((id): Refusal => [named(id), { id, source }, "INVALID_ID", "id"]),
    ["an empty title", { id: "new", title: "", source }, "INVALID_TEXT", "title"],
    ["a title that is too long", { id: "new", title: "x".repeat(501), source }, "INVALID_TEXT", "title"],
    ["a category with a line break", { id: "new", category: "a\nb", source }, "INVALID_TEXT", "category"],
    ["an upload that is not there", { id: "new", source: { uploadId: ABSENT } }, "UPLOAD_NOT_FOUND", "source.uploadId"],
    ["an upload id that is a path", { id: "new", source: { uploadId: "../x" } }, "UPLOAD_NOT_FOUND", "source.uploadId"],
    ["a path that is not there", { id: "new", source: { path: "no.mp4" } }, "FILE_NOT_FOUND", "source.path"],
    ["a folder", { id: "new", source: { path: "folder" } }, "FILE_NOT_FOUND", "source.path"],
    ["a path out by ..", { id: "new", source: { path: "../secret.mp4" } }, "PATH_NOT_ALLOWED", "source.path"],
    ["a path out by a link", { id: "new", source: { path: "link.mp4" } }, "PATH_NOT_ALLOWED", "source.path"],
    [
      "a path out by a linked folder",
      { id: "new", source: { path: "out/secret.mp4" } },
      "PATH_NOT_ALLOWED",
      "source.path",
    ],
    ["an absolute path", { id: "new", source: { path: "/etc/passwd" } }, "PATH_NOT_ALLOWED", "source.path"],
    [
      "a known id with another source",
      { id: "known", title: "Known", source: { path: "other.mp4" } },
      "VIDEO_EXISTS",
      "source",
    ],
    ["a known id with another title", { id: "known", title: "Other", source }, "VIDEO_EXISTS", "title"],
    [
      "a known id with another category",
      { id: "known", title: "Known", category: "x", source },
      "VIDEO_EXISTS",
      "category",
    ],
  ])("%s", async (_name, input, code, field) => {
    const { video, userErrors } = await changingNothing(() => registerVideo(client(), input));
    expect(video).toBeNull();
    expect(userErrors).toEqual([{ code, field, message: expect.any(String) as string }]);
  });

  test.each([3000, 10_000])("metadata nested %i deep; without a key, before it is looked at", async (depth) => {
    const metadata = `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
    const variables = `{"input":{"id":"new","source":{"path":"clip.mp4"},"metadata":${metadata}}}`;
    const body = `{"query":${JSON.stringify(REGISTER_MUTATION)},"variables":${variables}}`;
    const { data } = await changingNothing(() => client().askInJson(body));
    expect(data).toMatchObject({
      registerVideo: { video: null, userErrors: [{ code: "INVALID_METADATA", field: "metadata" }] },
    });
    const { errors } = await client().withKey(undefined).askInJson(body);
    expect(errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
  });

  test("a known id with other bytes uploaded", async () => {
    const first = await uploadOf(clip);
    await registerVideo(client(), { id: "uploaded", source: { uploadId: first } });
    await untilIngested(client(), "uploaded");
    const same = await changingNothing(async () =>
      registerVideo(client(), { id: "uploaded", source: { uploadId: await uploadOf(clip) } }),
    );
    expect(same.userErrors).toEqual([]);
    const uploadId = await uploadOf(await makeSyntheticClip("testsrc2=size=320x180:rate=10", 1));
    const { userErrors } = await changingNothing(() =>
      registerVideo(client(), { id: "uploaded", source: { uploadId } }),
    );
    expect(userErrors).toMatchObject([{ code: "VIDEO_EXISTS", field: "source" }]);
  });

  test("a known id with an upload in the place of a path", async () => {
    const uploadId = await uploadOf(clip);
    const input = { id: "known", title: "Known", source: { uploadId } };
    const { userErrors } = await changingNothing(() => registerVideo(client(), input));
    expect(userErrors).toMatchObject([{ code: "VIDEO_EXISTS", field: "source" }]);
  });
});

test("the same registration again is answered with the video that is there", async () => {
  const input = { id: "known", title: "Known", source: { path: "./clip.mp4" } };
  const { video, userErrors } = await changingNothing(() => registerVideo(client(), input));
  expect(userErrors).toEqual([]);
  expect(video).toMatchObject({ id: "known", status: "READY" });
});

describe("recordLikedImage refuses", () => {
  const inFuture = new Date(Date.now() + 60 * 60 * 1000).toISOString();
  type Refusal = [name: string, input: () => Record<string, unknown>, code: string, field: string];
  test.each<Refusal>([
    ...BAD_IDS.map((userId): Refusal => [
      named(userId),
      () => ({ userId, source: { frameId } }),
      "INVALID_ID",
      "userId",
    ]),
    ["a frame that is not there", () => ({ source: { frameId: ABSENT } }), "FRAME_NOT_FOUND", "source.frameId"],
    ["a frame id that is none", () => ({ source: { frameId: "first" } }), "FRAME_NOT_FOUND", "source.frameId"],
    ["an upload that is not there", () => ({ source: { uploadId: ABSENT } }), "UPLOAD_NOT_FOUND", "source.uploadId"],
    ["what is no base64", () => ({ source: { base64: "%%%" } }), "INVALID_BASE64", "source.base64"],
    ["empty base64", () => ({ source: { base64: "" } }), "INVALID_BASE64", "source.base64"],
    ["base64 of text", () => ({ source: { base64: "aGVsbG8gd29ybGQ=" } }), "INVALID_IMAGE", "source.base64"],
    [
      "an SVG",
      () => ({ source: { base64: btoa('<svg xmlns="http://www.w3.org/2000/svg"/>') } }),
      "INVALID_IMAGE",
      "source.base64",
    ],
    ["over 10 MB of base64", () => ({ source: { base64: "A".repeat(13_400_000) } }), "LIMIT_EXCEEDED", "source.base64"],
    ["a like from the future", () => ({ source: { frameId }, likedAt: inFuture }), "INVALID_TIME", "likedAt"],
    [
      "a like from before 1970",
      () => ({ source: { frameId }, likedAt: "1969-12-31T00:00:00Z" }),
      "INVALID_TIME",
      "likedAt",
    ],
  ])("%s", async (_name, input, code, field) => {
    const { likedImage, userErrors } = await changingNothing(() =>
      recordLikedImage(client(), { userId: "bob", ...input() }),
    );
    expect(likedImage).toBeNull();
    expect(userErrors).toEqual([{ code, field, message: expect.any(String) as string }]);
  });

  test.each<[string, () => Promise<Uint8Array>, string]>([
    ["a picture of 16,000 x 16,000", () => Promise.resolve(makeHugePng(16_000, 16_000)), "LIMIT_EXCEEDED"],
    ["a picture of 20 x 20,000", () => Promise.resolve(makeHugePng(20, 20_000)), "LIMIT_EXCEEDED"],
    [
      "a picture that is cut short",
      async () => (await photoPart("black-canyon", "left")).subarray(0, 2000),
      "INVALID_IMAGE",
    ],
    ["a video", () => Promise.resolve(clip), "INVALID_IMAGE"],
    ["over 10 MB", () => Promise.resolve(new Uint8Array(10_000_001)), "LIMIT_EXCEEDED"],
  ])("an upload that is %s", async (_name, makeBytes, code) => {
    const uploadId = await uploadOf(await makeBytes());
    const input = { userId: "bob", source: { uploadId } };
    const { likedImage, userErrors } = await changingNothing(() => recordLikedImage(client(), input));
    expect(likedImage).toBeNull();
    expect(userErrors).toMatchObject([{ code, field: "source.uploadId" }]);
  });
});

describe("a picture may be", () => {
  test.each(["png", "webp", "gif", "avif"] as const)("%s", async (format) => {
    const bytes = await sharp(await photoPart("dust-bowl-home", "left"))
      .toFormat(format)
      .toBuffer();
    const result = await recordLikedImage(client(), {
      userId: `likes-${format}`,
      source: { uploadId: await uploadOf(bytes) },
    });
    expect(result.userErrors).toEqual([]);
    expect(result.likedImage?.image).toMatchObject({ width: 400, height: 225 });
  });
});

describe("removeLikedImage refuses", () => {
  test.each<[string, () => Record<string, string>, string]>([
    ["a like of another viewer", () => ({ userId: "bob", likedImageId }), "LIKED_IMAGE_NOT_FOUND"],
    ["a like that is not there", () => ({ userId: "ann", likedImageId: ABSENT }), "LIKED_IMAGE_NOT_FOUND"],
    ["an id that is none", () => ({ userId: "ann", likedImageId: "'; DROP TABLE viewer" }), "LIKED_IMAGE_NOT_FOUND"],
    ["a viewer's id that is none", () => ({ userId: "", likedImageId }), "INVALID_ID"],
  ])("%s", async (_name, input, code) => {
    const { likedImage, userErrors } = await changingNothing(() => removeLikedImage(client(), input()));
    expect(likedImage).toBeNull();
    expect(userErrors).toMatchObject([{ code }]);
  });
});

describe("personalizedCover refuses", () => {
  type Refusal = [name: string, variables: Record<string, string>, code: string];
  test.each<Refusal>([
    ["an unknown video", { videoId: "nothing", userId: "ann" }, "VIDEO_NOT_FOUND"],
    ...BAD_IDS.map((videoId): Refusal => [
      `a video of ${named(videoId)}`,
      { videoId, userId: "ann" },
      "BAD_USER_INPUT",
    ]),
    ...BAD_IDS.map((userId): Refusal => [
      `a viewer of ${named(userId)}`,
      { videoId: "known", userId },
      "BAD_USER_INPUT",
    ]),
  ])("%s", async (_name, variables, code) => {
    const { data, errors } = await changingNothing(() => client().ask(COVER_QUERY, variables));
    expect(data ?? null).toBeNull();
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.extensions.code).toBe(code);
  });
});

test.each(["tomorrow", "2026-01-01", "2026-02-30T00:00:00Z", 1, true])("a time may not be %j", async (likedAt) => {
  const input = { userId: "bob", source: { frameId }, likedAt };
  const query = "mutation L($input: RecordLikedImageInput!) { recordLikedImage(input: $input) { likedImage { id } } }";
  const { errors } = await changingNothing(() => client().ask(query, { input }));
  expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
});

describe("a connection refuses", () => {
  const cursorOf = (at: unknown, id: string) => Buffer.from(JSON.stringify([at, id])).toString("base64url");
  test.each([
    ["text that is no cursor", "nonsense"],
    ["a moment that no database holds", cursorOf(-8e15, ABSENT)],
    ["a moment after the year 9999", cursorOf(8e15, ABSENT)],
    ["another connection's cursor", cursorOf(0, "known")],
  ])("%s", async (_name, after) => {
    const query = `query ($after: String) { viewer(id: "ann") { likedImages(after: $after) { nodes { id } } } }`;
    const { errors } = await client().ask(query, { after });
    expect(errors?.[0]?.extensions).toEqual({ code: "BAD_USER_INPUT" });
  });
});
