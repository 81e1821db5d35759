import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fingerprintDatabase, leavingDatabaseAsItWas } from "./database-fingerprint.fixture.js";
import {
  chooseCover,
  recordLikedImage,
  recordLikedImages,
  registerVideo,
  removeLikedImage,
  untilIngested,
} from "./facet-calls.fixture.js";
import { PostgresImageStore } from "../../apps/api/src/image/postgres-image-store.js";
import { startTestService, type TestService } from "./facet-service.fixture.js";
import { makeSyntheticClip } from "./material.fixture.js";

let service: TestService;
let frameId: string;
const ABSENT = "00000000-0000-7000-8000-000000000000";
const MAX_LIKES = 50;
const client = () => service.client;

beforeAll(async () => {
  service = await startTestService({ FACET_MAX_LIKES: String(MAX_LIKES) });
  const uploadId = await client().upload(await makeSyntheticClip("testsrc2=size=320x180:rate=10", 2), "video/mp4");
  await registerVideo(client(), { id: "film", source: { uploadId } });
  expect(await untilIngested(client(), "film")).toMatchObject({ status: "READY" });
  frameId = (await chooseCover(client(), "film", "someone")).frame.id;
});
afterAll(() => service.close());

/** A picture of its own for each number. */
async function picture(number: number): Promise<Buffer> {
  const background = { r: (number * 37) % 256, g: (number * 91) % 256, b: number % 256 };
  return sharp({ create: { width: 24, height: 24, channels: 3, background } })
    .png()
    .toBuffer();
}
const base64 = async (number: number) => ({ base64: (await picture(number)).toString("base64") });
const day = (number: number) => new Date(Date.UTC(2026, 0, number)).toISOString();

async function likesOf(userId: string): Promise<{ id: string; likedAt: string }[]> {
  const query = `query Likes($id: ID!) {
    viewer(id: $id) { likedImages(first: 100) { nodes { id likedAt } } }
  }`;
  interface Data {
    readonly viewer: { readonly likedImages: { readonly nodes: { id: string; likedAt: string }[] } } | null;
  }
  return (await client().get<Data>(query, { id: userId })).viewer?.likedImages.nodes ?? [];
}

describe("many likes in one call", () => {
  test("are each answered in the order given, and a bad one costs no other", async () => {
    const uploadId = await client().upload(await picture(1), "image/png");
    const { results, userErrors } = await recordLikedImages(client(), {
      userId: "ann",
      images: [
        { source: { uploadId }, likedAt: day(1) },
        { source: { base64: "no base64!" } },
        { source: { frameId }, likedAt: day(3) },
        { source: { base64: Buffer.from("no picture").toString("base64") } },
        { source: await base64(2), likedAt: day(2) },
        { source: { frameId: ABSENT } },
        { source: { uploadId: ABSENT } },
        { source: await base64(3), likedAt: "2999-01-01T00:00:00Z" },
        { source: await base64(3), likedAt: "1969-12-31T23:59:59Z" },
      ],
    });
    expect(userErrors).toEqual([]);
    expect(results.map((result) => result.index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(
      results.map(({ likedImage, userErrors: [fault] }) => likedImage?.likedAt ?? [fault?.code, fault?.field]),
    ).toEqual([
      day(1),
      ["INVALID_BASE64", "images.1.source.base64"],
      day(3),
      ["INVALID_IMAGE", "images.3.source.base64"],
      day(2),
      ["FRAME_NOT_FOUND", "images.5.source.frameId"],
      ["UPLOAD_NOT_FOUND", "images.6.source.uploadId"],
      ["INVALID_TIME", "images.7.likedAt"],
      ["INVALID_TIME", "images.8.likedAt"],
    ]);
    expect((await likesOf("ann")).map((like) => like.likedAt)).toEqual([day(3), day(2), day(1)]);
  });

  test("of one picture are one like, with the newest time", async () => {
    const source = await base64(4);
    const images = [2, 4, 3].map((number) => ({ source, likedAt: day(number) }));
    const { results } = await recordLikedImages(client(), { userId: "bob", images });
    const ids = new Set(results.map((result) => result.likedImage?.id));
    expect(ids.size).toBe(1);
    expect(results.map((result) => result.likedImage?.likedAt)).toEqual([day(4), day(4), day(4)]);
    await recordLikedImages(client(), { userId: "bob", images: [{ source, likedAt: day(5) }] });
    expect(await likesOf("bob")).toEqual([{ id: [...ids][0], likedAt: day(5) }]);
  });

  test("need no time: it is now", async () => {
    const before = Date.now();
    const { results } = await recordLikedImages(client(), { userId: "cat", images: [{ source: await base64(5) }] });
    const likedAt = new Date(results[0]?.likedImage?.likedAt ?? 0).getTime();
    expect(likedAt).toBeGreaterThanOrEqual(before);
    expect(likedAt).toBeLessThanOrEqual(Date.now());
  });

  test("may be five hundred", async () => {
    const sources = await Promise.all(Array.from({ length: 5 }, (_, number) => base64(number)));
    const images = Array.from({ length: 500 }, (_, index) => ({
      source: sources[index % 5],
      likedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, index)).toISOString(),
    }));
    const { results } = await recordLikedImages(client(), { userId: "dan", images });
    expect(results.map((result) => result.userErrors.length)).toEqual(Array(500).fill(0));
    const newest = images.slice(-5).map((image) => image.likedAt);
    expect((await likesOf("dan")).map((like) => like.likedAt)).toEqual(newest.toReversed());
  });
});

/** Gives a viewer as many likes as are kept, one a day, without the pictures being looked at. */
async function fillList(userId: string): Promise<void> {
  const bytes = Array.from({ length: MAX_LIKES }, (_, index) => Uint8Array.of(index, 1));
  const facts = { mime: "image/png", width: 1, height: 1 };
  const images = await new PostgresImageStore(service.prisma).keep(
    bytes.map((picture) => ({ bytes: picture, ...facts })),
  );
  await service.prisma.viewer.create({ data: { id: userId } });
  await service.prisma.likedImage.createMany({
    data: images.map(({ hash }, index) => ({
      ...{ userId, imageHash: hash, sourceKind: "BASE64" as const, likedAt: day(index + 10) },
    })),
  });
}

describe("of a full list", () => {
  test("the oldest goes as a newer one comes", async () => {
    await fillList("eve");
    await recordLikedImage(client(), { userId: "eve", source: await base64(1), likedAt: day(100) });
    const likes = await likesOf("eve");
    expect([likes.length, likes[0]?.likedAt, likes.at(-1)?.likedAt]).toEqual([MAX_LIKES, day(100), day(11)]);
  });

  test("an older one is refused, and of many those that have no room", async () => {
    const late = { userId: "eve", source: await base64(2), likedAt: day(5) };
    const { userErrors } = await leavingDatabaseAsItWas(service, () => recordLikedImage(client(), late));
    expect(userErrors).toMatchObject([{ code: "LIMIT_EXCEEDED", field: "likedAt" }]);

    const images = [
      { source: await base64(3), likedAt: "2026-01-11T12:00:00Z" },
      { source: await base64(4), likedAt: day(101) },
    ];
    const { results } = await recordLikedImages(client(), { userId: "eve", images });
    expect(results.map((result) => result.userErrors[0]?.field)).toEqual(["images.0.likedAt", undefined]);
    expect(await likesOf("eve")).toHaveLength(MAX_LIKES);
  });
});

describe("a stored decision is stale at once after", () => {
  const decisionFor = async (userId: string) => (await chooseCover(client(), "film", userId)).decisionId;

  test("a like, many likes, and a removal", async () => {
    const decisions = [await decisionFor("fay")];
    const { likedImage } = await recordLikedImage(client(), { userId: "fay", source: await base64(6) });
    decisions.push(await decisionFor("fay"));
    await recordLikedImages(client(), {
      userId: "fay",
      images: [{ source: await base64(7) }, { source: await base64(8) }],
    });
    decisions.push(await decisionFor("fay"));
    await removeLikedImage(client(), { userId: "fay", likedImageId: likedImage?.id });
    decisions.push(await decisionFor("fay"));
    expect(new Set(decisions).size).toBe(4);
    expect(await decisionFor("fay")).toBe(decisions[3]);
  });

  test("nothing that changed no like", async () => {
    const source = await base64(9);
    await recordLikedImages(client(), { userId: "gus", images: [{ source, likedAt: day(2) }] });
    const decision = await decisionFor("gus");
    await recordLikedImages(client(), {
      userId: "gus",
      images: [{ source, likedAt: day(1) }, { source: { base64: "?" } }],
    });
    expect(await decisionFor("gus")).toBe(decision);
  });
});

describe("recordLikedImages refuses as a whole", () => {
  const image = { source: { base64: "AAAA" } };
  test.each([
    ["a viewer without an id", { userId: "", images: [image] }, "INVALID_ID", "userId"],
    ["an id that is too long", { userId: "x".repeat(129), images: [image] }, "INVALID_ID", "userId"],
    ["no image", { userId: "hal", images: [] }, "LIMIT_EXCEEDED", "images"],
    ["too many images", { userId: "hal", images: Array(501).fill(image) }, "LIMIT_EXCEEDED", "images"],
  ])("%s", async (_name, input, code, field) => {
    const answer = await leavingDatabaseAsItWas(service, () => recordLikedImages(client(), input));
    expect(answer).toMatchObject({ results: [], userErrors: [{ code, field }] });
  });

  test("an image of two sources, of none, and a caller who may only read", async () => {
    const before = await fingerprintDatabase(service);
    const query = `mutation Many($input: RecordLikedImagesInput!) { recordLikedImages(input: $input) { results { index } } }`;
    for (const source of [{}, { base64: "AAAA", frameId }]) {
      const { errors } = await client().ask(query, { input: { userId: "hal", images: [{ source }] } });
      expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    }
    const { errors } = await client()
      .withKey(undefined)
      .ask(query, { input: { userId: "hal", images: [image] } });
    expect(errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
    expect(await fingerprintDatabase(service)).toEqual(before);
  });

  test("bad images only, and nothing is written", async () => {
    const images = [{ source: { base64: "!" } }, { source: { frameId: "nothing" } }];
    const answer = await leavingDatabaseAsItWas(service, () => recordLikedImages(client(), { userId: "hal", images }));
    expect(answer.results.map((result) => result.userErrors[0]?.code)).toEqual(["INVALID_BASE64", "FRAME_NOT_FOUND"]);
  });
});

test("a like of another viewer cannot be removed", async () => {
  const { likedImage } = await recordLikedImage(client(), { userId: "ian", source: await base64(10) });
  const answer = await leavingDatabaseAsItWas(service, () =>
    removeLikedImage(client(), { userId: "jon", likedImageId: likedImage?.id }),
  );
  expect(answer.userErrors).toMatchObject([{ code: "LIKED_IMAGE_NOT_FOUND", field: "likedImageId" }]);
});
