import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  chooseCover,
  COVER_QUERY,
  findVideo,
  recordLikedImage,
  registerVideo,
  removeLikedImage,
  untilIngested,
  type Cover,
} from "./facet-calls.fixture.js";
import { startTestService, type TestService } from "./facet-service.fixture.js";
import { makePhotoClip, photoPart } from "./material.fixture.js";

let service: TestService;
const client = () => service.client;

/** The shots of the clip, in its order: what a frame shows follows from its time. */
const SHOTS = ["locomotion-house-cat", "black-canyon", "nagasaki-boats", "allium-oreophilum"] as const;
const SHOT_MS = 1500;
const shownBy = (cover: Cover) => SHOTS[Math.floor(cover.frame.timestampMs / SHOT_MS)];
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

beforeAll(async () => {
  service = await startTestService();
  const uploadId = await client().upload(await makePhotoClip(...SHOTS), "video/mp4");
  const { userErrors } = await registerVideo(client(), { id: "film", title: "A film", source: { uploadId } });
  expect(userErrors).toEqual([]);
  expect(await untilIngested(client(), "film")).toMatchObject({ status: "READY", failure: null });
});
afterAll(() => service.close());

async function like(userId: string, base64: string, likedAt?: string): Promise<string> {
  const { likedImage, userErrors } = await recordLikedImage(client(), { userId, source: { base64 }, likedAt });
  expect(userErrors).toEqual([]);
  return likedImage?.id ?? "";
}

describe("a video that was ingested", () => {
  test("tells what was read of it", async () => {
    expect(await findVideo(client(), "film")).toMatchObject({ durationMs: 6000, width: 400, height: 224 });
  });

  test("has candidate frames of every shot, by time, each with a picture of the video's size", async () => {
    const query = `{ video(id: "film") { candidateFrames { index timestampMs shot image { url width height } } } }`;
    type Frames = { timestampMs: number; shot: number; image: { url: string; width: number; height: number } }[];
    const { video } = await client().get<{ video: { candidateFrames: Frames } }>(query);
    const times = video.candidateFrames.map((frame) => frame.timestampMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(new Set(times.map((time) => Math.floor(time / SHOT_MS))).size).toBe(SHOTS.length);
    const [first] = video.candidateFrames;
    expect(first?.image).toMatchObject({ width: 400, height: 224 });
    const picture = await fetch(first?.image.url ?? "");
    expect(picture.headers.get("content-type")).toBe("image/jpeg");
  });
});

describe("a newcomer", () => {
  test("gets the best picture by quality, and the same one again", async () => {
    const cover = await chooseCover(client(), "film", "newcomer");
    expect(cover).toMatchObject({ basis: "QUALITY", reason: "NEW_VIEWER", userId: "newcomer", video: { id: "film" } });
    const best = Math.max(...cover.candidates.map((candidate) => candidate.frame.quality.score));
    expect(cover.frame.quality.score).toBe(best);
    expect(cover.candidates.every((candidate) => candidate.interestWeight === 0)).toBe(true);
    expect(await chooseCover(client(), "film", "newcomer")).toEqual(cover);
  });
});

describe("a viewer with likes", () => {
  test("gets a frame of what the viewer likes", async () => {
    for (const part of ["left", "right"] as const) {
      await like("cats", (await photoPart("locomotion-house-cat", part)).toString("base64"));
      await like("boats", (await photoPart("nagasaki-boats", part)).toString("base64"));
    }
    const cats = await chooseCover(client(), "film", "cats");
    const boats = await chooseCover(client(), "film", "boats");
    expect([cats.basis, cats.reason]).toEqual(["PERSONALIZED", "SCORED"]);
    expect([shownBy(cats), shownBy(boats)]).toEqual(["locomotion-house-cat", "nagasaki-boats"]);
  });

  test("is told of every candidate, and the cover is the most probable of them", async () => {
    const cover = await chooseCover(client(), "film", "cats");
    const probabilities = cover.candidates.map((candidate) => candidate.probability);
    expect(sum(probabilities)).toBeCloseTo(1, 5);
    expect(cover.probability).toBe(Math.max(...probabilities));
    expect(new Set(cover.candidates.map((candidate) => candidate.interestWeight)).size).toBeGreaterThan(1);
  });

  test("keeps the decision until the next like, and after it has another", async () => {
    const base64 = (await photoPart("black-canyon", "left")).toString("base64");
    await like("dan", base64);
    const first = await chooseCover(client(), "film", "dan");
    expect(await chooseCover(client(), "film", "dan")).toEqual(first);
    await like("dan", (await photoPart("allium-oreophilum", "left")).toString("base64"));
    const second = await chooseCover(client(), "film", "dan");
    expect(second.decisionId).not.toBe(first.decisionId);
  });

  test("is a newcomer again when the last like is removed", async () => {
    const id = await like("eve", (await photoPart("black-canyon", "right")).toString("base64"));
    expect((await chooseCover(client(), "film", "eve")).basis).toBe("PERSONALIZED");
    expect(await removeLikedImage(client(), { userId: "eve", likedImageId: id })).toMatchObject({ userErrors: [] });
    expect(await chooseCover(client(), "film", "eve")).toMatchObject({ basis: "QUALITY", reason: "NEW_VIEWER" });
  });

  test("can like the frame of a cover", async () => {
    const cover = await chooseCover(client(), "film", "newcomer");
    const { likedImage } = await recordLikedImage(client(), { userId: "fay", source: { frameId: cover.frame.id } });
    expect(likedImage?.image.url).toBe(cover.frame.image.url);
    expect(shownBy(await chooseCover(client(), "film", "fay"))).toBe(shownBy(cover));
  });

  test("who likes the same image twice likes it once, at the newer time", async () => {
    const base64 = (await photoPart("march-pastoral", "left")).toString("base64");
    const ids = [
      await like("gus", base64, "2026-01-02T00:00:00Z"),
      await like("gus", base64, "2026-01-03T00:00:00+00:00"),
      await like("gus", base64, "2026-01-01T00:00:00.000Z"),
    ];
    expect(new Set(ids).size).toBe(1);
    const query = `{ viewer(id: "gus") { historyVersion likedImages { nodes { id likedAt } } } }`;
    expect(await client().get(query)).toEqual({
      viewer: { historyVersion: 2, likedImages: { nodes: [{ id: ids[0], likedAt: "2026-01-03T00:00:00.000Z" }] } },
    });
  });
});

test("a hundred callers at the same moment get one decision, stored once", async () => {
  await like("hub", (await photoPart("nagasaki-boats", "left")).toString("base64"));
  const variables = { videoId: "film", userId: "hub" };
  const covers = await Promise.all(Array.from({ length: 100 }, () => client().get(COVER_QUERY, variables)));
  expect(new Set(covers.map((cover) => JSON.stringify(cover))).size).toBe(1);
  expect(await service.prisma.coverDecision.count({ where: { userId: "hub" } })).toBe(1);
});

test("likes are listed in pages, the newest first", async () => {
  for (const [day, name] of (["black-canyon", "dust-bowl-home", "march-pastoral"] as const).entries()) {
    await like("ian", (await photoPart(name, "left")).toString("base64"), `2026-01-0${day + 1}T00:00:00Z`);
  }
  const query = `query Page($after: String) {
    viewer(id: "ian") { likedImages(first: 2, after: $after) { nodes { likedAt } pageInfo { hasNextPage endCursor } } }
  }`;
  interface Page {
    viewer: { likedImages: { nodes: { likedAt: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } };
  }
  const first = (await client().get<Page>(query)).viewer.likedImages;
  const second = (await client().get<Page>(query, { after: first.pageInfo.endCursor })).viewer.likedImages;
  const days = [...first.nodes, ...second.nodes].map((like) => like.likedAt.slice(0, 10));
  expect(days).toEqual(["2026-01-03", "2026-01-02", "2026-01-01"]);
  expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
});
