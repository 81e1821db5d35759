import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hashKey } from "../../apps/api/src/keys/key-hash.js";
import { askPage, choosePage, type PageCover } from "./cover-page.fixture.js";
import { leavingDatabaseAsItWas } from "./database-fingerprint.fixture.js";
import { chooseCover } from "./facet-calls.fixture.js";
import { startTestService, type TestService } from "./facet-service.fixture.js";
import type { PhotoName } from "./material.fixture.js";
import { mutate } from "./mutation.fixture.js";
import { cosine, storeVideos, storeViewer, storeViews, type StoredPicture } from "./stored-catalogue.fixture.js";

const SUBJECTS = ["locomotion-house-cat", "black-canyon", "nagasaki-boats", "allium-oreophilum"] as const;
const VIEWS = 12;

let service: TestService;
const views = new Map<PhotoName, readonly StoredPicture[]>();
const client = () => service.client;
const viewOf = (name: PhotoName, view: number): StoredPicture => {
  const picture = views.get(name)?.[view];
  if (picture === undefined) throw new RangeError(`There is no view ${view} of ${name}.`);
  return picture;
};
const filmIds = Array.from({ length: 8 }, (_, film) => `film ${film}`);

beforeAll(async () => {
  service = await startTestService();
  for (const name of SUBJECTS) views.set(name, await storeViews(service.prisma, service.models.encoder, name, VIEWS));
  // Every film shows the same four things, each from its own point of view.
  const films = filmIds.map((id, film) => [id, SUBJECTS.map((name) => viewOf(name, film))] as const);
  await storeVideos(service.prisma, new Map(films));
  await service.prisma.video.createMany({
    data: [
      { id: "waiting", sourceKind: "PATH", sourceRef: "a.mp4", status: "PENDING" },
      { id: "in work", sourceKind: "PATH", sourceRef: "a.mp4", status: "PROCESSING" },
      {
        ...{ id: "broken", sourceKind: "PATH", sourceRef: "a.mp4", status: "FAILED" },
        ...{ failureCode: "NO_VIDEO_STREAM", failureMessage: "The file has no pictures." },
      },
    ],
  });
  for (const viewer of ["ann", "bob", "cat", "dan", "eve", "fay", "gus"]) {
    await storeViewer(service.prisma, viewer, [viewOf("black-canyon", 10), viewOf("black-canyon", 11)]);
  }
});
afterAll(() => service.close());

test("a page is answered in the order asked, with a problem in the place of what has no cover", async () => {
  const asked = ["film 1", "unknown", "film 0", "waiting", "in work", "broken", "", "a\u0000b", "film 1"];
  const page = await askPage(client(), { userId: "ann", videoIds: asked });
  expect(page).toHaveLength(asked.length);
  expect(page[0]).toMatchObject({ kind: "PersonalizedCover", video: { id: "film 1" }, basis: "PERSONALIZED" });
  expect(page[1]).toMatchObject({ kind: "VideoNotFound", videoId: "unknown" });
  expect(page[2]).toMatchObject({ kind: "PersonalizedCover", video: { id: "film 0" }, basis: "PERSONALIZED" });
  expect(page[3]).toMatchObject({ kind: "VideoNotReady", status: "PENDING", retryAfterSeconds: 10, failure: null });
  expect(page[4]).toMatchObject({ kind: "VideoNotReady", status: "PROCESSING", retryAfterSeconds: 5, failure: null });
  const failure = { code: "NO_VIDEO_STREAM", message: "The file has no pictures." };
  expect(page[5]).toMatchObject({ kind: "VideoNotReady", status: "FAILED", retryAfterSeconds: null, failure });
  expect(page[6]).toMatchObject({ kind: "VideoNotFound", videoId: "" });
  expect(page[7]).toMatchObject({ kind: "VideoNotFound", videoId: "a\u0000b" });
  expect(page[8]).toEqual(page[0]);
});

test("a page of nothing is answered with nothing", async () => {
  expect(await leavingDatabaseAsItWas(service, () => askPage(client(), { userId: "ann", videoIds: [] }))).toEqual([]);
});

test("a page holds the very decisions of the single query, whichever was asked first", async () => {
  const single = await Promise.all(filmIds.slice(0, 3).map((videoId) => chooseCover(client(), videoId, "bob")));
  const page = await choosePage(client(), { userId: "bob", videoIds: filmIds, diversity: 0 });
  expect(page.slice(0, 3).map(({ decisionId }) => decisionId)).toEqual(single.map(({ decisionId }) => decisionId));
  for (const cover of page) {
    const { decisionId, frame, probability } = await chooseCover(client(), cover.video.id, "bob");
    expect([cover.decisionId, cover.frame.id, cover.probability]).toEqual([decisionId, frame.id, probability]);
  }
});

test("scored together, videos get what each gets alone", async () => {
  const together = await choosePage(client(), { userId: "cat", videoIds: filmIds });
  for (const cover of together) {
    const alone = await chooseCover(client(), cover.video.id, "dan");
    expect(alone.frame.id).toBe(cover.frame.id);
    for (const [place, candidate] of cover.candidates.entries()) {
      expect(candidate.probability).toBeCloseTo(alone.candidates[place]?.probability ?? NaN, 5);
      expect(candidate.interestWeight).toBeCloseTo(alone.candidates[place]?.interestWeight ?? NaN, 4);
    }
  }
});

test("what many pages ask for at the same moment, in any order, is decided and stored once", async () => {
  const orders = Array.from({ length: 20 }, (_, turn) => [...filmIds.slice(turn % 8), ...filmIds.slice(0, turn % 8)]);
  const pages = await Promise.all(orders.map((videoIds) => choosePage(client(), { userId: "eve", videoIds })));
  const ids = new Map(pages[0]?.map((cover) => [cover.video.id, cover.decisionId]));
  for (const cover of pages.flat()) expect(cover.decisionId).toBe(ids.get(cover.video.id));
  expect(await service.prisma.coverDecision.count({ where: { userId: "eve" } })).toBe(filmIds.length);
});

describe("a page of films that look alike", () => {
  /** Pairs of pictures on a page that nobody would tell apart. */
  function countAlike(page: readonly PageCover[]): number {
    const features = page.map(({ video, frame }) => {
      const subject = SUBJECTS[frame.index];
      if (subject === undefined) throw new RangeError(`There is no frame ${frame.index}.`);
      return viewOf(subject, filmIds.indexOf(video.id)).feature;
    });
    const pairs = features.flatMap((feature, i) => features.slice(i + 1).map((other) => cosine(feature, other)));
    return pairs.filter((likeness) => likeness > 0.93).length;
  }
  const lossOf = (cover: PageCover) =>
    1 - cover.probability / Math.max(...cover.candidates.map(({ probability }) => probability));

  test("shows a newcomer one thing eight times, and with diversity a quarter of the alike pairs at most, for 3% of probability", async () => {
    const wish = { userId: "newcomer", videoIds: filmIds };
    const plain = await choosePage(client(), wish);
    expect(countAlike(plain)).toBe(28); // all pairs
    const diverse = await choosePage(client(), { ...wish, diversity: 0.5 });
    // Eight covers of four things: four alike pairs are the fewest that there can be.
    expect(countAlike(diverse)).toBeLessThanOrEqual(7);
    // The four differ by hundredths in quality: what is given up is far from the bound of a quarter.
    for (const cover of diverse) expect(lossOf(cover)).toBeLessThan(0.03);
    expect(diverse[0]).toEqual(plain[0]);
  });

  test.each([0.2, 0.6, 1])("gives up at most half of %d of a personal cover's probability", async (diversity) => {
    const page = await choosePage(client(), { userId: "fay", videoIds: filmIds, diversity });
    for (const cover of page) expect(lossOf(cover)).toBeLessThanOrEqual(diversity / 2 + 1e-9);
  });

  test("keeps the decisions and not the picks", async () => {
    const page = await choosePage(client(), { userId: "gus", videoIds: filmIds });
    await choosePage(client(), { userId: "newcomer", videoIds: filmIds });
    const before = await service.prisma.coverDecision.count();
    const wish = { userId: "newcomer", videoIds: filmIds, diversity: 1 };
    const [first, second] = [await choosePage(client(), wish), await choosePage(client(), wish)];
    expect(await service.prisma.coverDecision.count()).toBe(before);
    const moved = first.filter(({ diversified }) => diversified);
    expect(moved.length).toBeGreaterThan(3);
    const stored = await service.prisma.coverDecision.findMany({ select: { id: true } });
    for (const cover of moved) expect(stored.map(({ id }) => id)).not.toContain(cover.decisionId);
    expect(first.map(({ frame }) => frame.id)).toEqual(second.map(({ frame }) => frame.id));
    expect(await choosePage(client(), { userId: "gus", videoIds: filmIds })).toEqual(page);
  });

  test("leaves what an owner pinned, and keeps the others clear of it", async () => {
    const pinned = await service.prisma.candidateFrame.findFirstOrThrow({ where: { videoId: "film 3", index: 0 } });
    await mutate(client(), "pinCover", { videoId: "film 3", frameId: pinned.id });
    try {
      const page = await choosePage(client(), { userId: "newcomer", videoIds: filmIds, diversity: 1 });
      expect(page[3]).toMatchObject({ basis: "PINNED", frame: { id: pinned.id }, diversified: false });
      // What comes first would show the same thing by itself.
      expect(page[0]).toMatchObject({ basis: "QUALITY", diversified: true });
    } finally {
      await mutate(client(), "unpinCover", { videoId: "film 3" });
    }
  });
});

describe("personalizedCovers refuses", () => {
  const films = (count: number) => Array.from({ length: count }, (_, film) => `film ${film}`);
  test.each<[string, Record<string, unknown>, string]>([
    ["more than 100 videos", { videoIds: films(101) }, "LIMIT_EXCEEDED"],
    ["a video's id that is null", { videoIds: ["film 0", null] }, "BAD_USER_INPUT"],
    ["no list of videos", { videoIds: null }, "BAD_USER_INPUT"],
    ["an empty viewer's id", { userId: "" }, "BAD_USER_INPUT"],
    ["a viewer's id that is too long", { userId: "x".repeat(129) }, "BAD_USER_INPUT"],
    ["a viewer's id with a control character", { userId: "a\u0000" }, "BAD_USER_INPUT"],
    ["no viewer", { userId: null }, "BAD_USER_INPUT"],
    ["diversity below 0", { diversity: -0.01 }, "BAD_USER_INPUT"],
    ["diversity above 1", { diversity: 1.01 }, "BAD_USER_INPUT"],
    ["diversity that is text", { diversity: "NaN" }, "BAD_USER_INPUT"],
  ])("%s", async (_name, wrong, code) => {
    const query = `query Page($userId: ID!, $videoIds: [ID!]!, $diversity: Float) {
      personalizedCovers(userId: $userId, videoIds: $videoIds, diversity: $diversity) { __typename }
    }`;
    const wish = { userId: "nobody", videoIds: films(2), ...wrong };
    const { errors } = await leavingDatabaseAsItWas(service, () => client().ask(query, wish));
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual([code]);
  });

  test("who has no key, and not who may only read", async () => {
    const query = `{ personalizedCovers(userId: "nobody", videoIds: ["film 0"]) { __typename } }`;
    const { errors } = await leavingDatabaseAsItWas(service, () => client().withKey(undefined).ask(query));
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["UNAUTHENTICATED"]);
    const key = "a-reader-key-for-tests";
    await service.prisma.apiKey.create({ data: { name: "reader", role: "reader", hash: hashKey(key) } });
    expect((await client().withKey(key).ask(query)).errors).toBeUndefined();
  });
});
