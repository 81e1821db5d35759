import { parseUserId } from "@facet/domain";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { storeFrames, type StoredFrame } from "../candidate-frame/stored-frames.fixture.js";
import type { Database } from "../database/index.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { untilSomebodyWaits } from "../database/until-somebody-waits.fixture.js";
import { settleInput } from "../graphql/user-errors.js";
import { deleteViewer } from "../privacy/delete-viewer.fixture.js";
import type { LikeIntake } from "./like-intake.js";
import { LikedImageRecords } from "./liked-image-records.js";
import { holdLikingViewer } from "./liking-viewer.js";
import { LikedImageService } from "./liked-image-service.js";

let database: Database;
let frames: readonly StoredFrame[];
beforeAll(async () => {
  database = await openTestDatabase();
  frames = await storeFrames(database.prisma, "film", 2);
});
afterEach(() => vi.useRealTimers());
afterAll(() => database.close());

/** Records two likes of a viewer; `meanwhile` runs when their pictures are about to be taken. */
function likeTwice(userId: string, meanwhile: () => Promise<unknown>) {
  const take: LikeIntake["take"] = async () => {
    await meanwhile();
    return frames.map(({ imageHash }) => ({
      ok: true,
      value: { imageHash, sourceKind: "FRAME", likedAt: new Date(0) },
    }));
  };
  const records = new LikedImageRecords(database.prisma, 50);
  const service = new LikedImageService(records, { take }, () => Promise.resolve(), 60);
  return service.recordMany({ userId, images: frames.map(({ id: frameId }) => ({ source: { frameId } })) });
}

const likesOf = (userId: string) => database.prisma.likedImage.count({ where: { userId } });

test("likes under way when their viewer is deleted are refused, and bring no viewer back", async () => {
  const { viewer } = database.prisma;
  await viewer.create({ data: { id: "ann", createdAt: new Date(0) } });
  const outcome = await likeTwice("ann", () => deleteViewer(database.prisma, "ann"));
  expect(outcome).toMatchObject({ ok: false, error: { code: "VIEWER_DELETED", field: "userId" } });
  expect(await viewer.count({ where: { id: "ann" } })).toBe(0);
});

test("likes under way when their viewer is deleted are not those of the viewer that comes after it", async () => {
  const { viewer } = database.prisma;
  await viewer.create({ data: { id: "bob", createdAt: new Date(0) } });
  const outcome = await likeTwice("bob", async () => {
    await deleteViewer(database.prisma, "bob");
    await viewer.create({ data: { id: "bob" } });
  });
  expect(outcome).toMatchObject({ ok: false, error: { code: "VIEWER_DELETED" } });
  expect(await likesOf("bob")).toBe(0);
});

test("a newcomer's first likes that are under way when it is deleted are refused, and leave no row behind", async () => {
  const outcome = await likeTwice("eve", () => deleteViewer(database.prisma, "eve"));
  expect(outcome).toMatchObject({ ok: false, error: { code: "VIEWER_DELETED", field: "userId" } });
  expect(await database.prisma.viewer.count({ where: { id: "eve" } })).toBe(0);
});

test("a newcomer's first likes that are under way when it is deleted are not those of the row that others made", async () => {
  const outcome = await likeTwice("fay", async () => {
    expect(await likeTwice("fay", () => Promise.resolve())).toMatchObject({ ok: true });
    await deleteViewer(database.prisma, "fay");
    await database.prisma.viewer.create({ data: { id: "fay" } });
  });
  expect(outcome).toMatchObject({ ok: false, error: { code: "VIEWER_DELETED" } });
  expect(await likesOf("fay")).toBe(0);
  expect(await database.prisma.viewer.count({ where: { id: "fay" } })).toBe(1);
});

test("a newcomer that is deleted while its first likes are being written is gone with them", async () => {
  const { prisma } = database;
  const records = new LikedImageRecords(prisma, 50);
  const gus = { userId: parseUserId("gus"), since: null, deletions: [] };
  const likes = frames.map(({ imageHash }) => ({ imageHash, sourceKind: "FRAME" as const, likedAt: new Date(0) }));
  let deleting: Promise<void> | undefined;
  await prisma.$transaction(
    async (transaction) => {
      await holdLikingViewer(transaction, gus);
      await records.recordIn(transaction, gus.userId, likes);
      deleting = deleteViewer(prisma, "gus");
      // Whoever does not wait is done by then.
      await Promise.race([deleting, untilSomebodyWaits(prisma)]);
    },
    { timeout: 30_000 },
  );
  await deleting;
  expect(await likesOf("gus")).toBe(0);
  expect(await prisma.viewer.count({ where: { id: "gus" } })).toBe(0);
});

test("likes that are asked for after their viewer was deleted are kept, however often it was", async () => {
  for (let times = 1; times <= 2; times++) {
    const outcome = await likeTwice("hal", () => Promise.resolve());
    expect(outcome).toMatchObject({ ok: true, value: [{ ok: true }, { ok: true }] });
    expect(await likesOf("hal")).toBe(2);
    await deleteViewer(database.prisma, "hal");
  }
});

test("likes under way when retention takes their viewer's row away are kept", async () => {
  const { viewer } = database.prisma;
  await deleteViewer(database.prisma, "ivy");
  await viewer.create({ data: { id: "ivy", createdAt: new Date(0) } });
  const outcome = await likeTwice("ivy", () => viewer.delete({ where: { id: "ivy" } }));
  expect(outcome).toMatchObject({ ok: true, value: [{ ok: true }, { ok: true }] });
  expect(await likesOf("ivy")).toBe(2);
});

test("a newcomer's likes are kept, also where others of it are recorded meanwhile", async () => {
  const outcome = await likeTwice("cat", () => likeTwice("cat", () => Promise.resolve()));
  expect(outcome).toMatchObject({ ok: true, value: [{ ok: true }, { ok: true }] });
  expect(await likesOf("cat")).toBe(2);
});

test("likes that are taken anew are still refused when their viewer was deleted before", async () => {
  const { viewer } = database.prisma;
  await viewer.create({ data: { id: "dan", createdAt: new Date(0) } });
  let taken = 0;
  const outcome = await likeTwice("dan", async () => {
    taken += 1;
    if (taken > 1) return;
    await deleteViewer(database.prisma, "dan");
    throw Object.assign(new Error("The picture is gone."), { code: "P2003" });
  });
  expect(taken).toBe(2);
  expect(outcome).toMatchObject({ ok: false, error: { code: "VIEWER_DELETED" } });
  expect(await viewer.count({ where: { id: "dan" } })).toBe(0);
});

test("a call with many likes is answered when its time is over, each image that was not reached by its place", async () => {
  vi.useFakeTimers();
  const untilStopped: LikeIntake["take"] = async (asked, _now, bounds) => {
    const stop = bounds?.stop;
    await new Promise((resolve) => stop?.addEventListener("abort", resolve));
    return Promise.all(asked.map(() => settleInput(() => Promise.reject(stop?.reason as Error))));
  };
  const records = {
    findLiking: () => Promise.resolve(new Map([["ann", {}]])),
    findOldestOfFull: () => Promise.resolve(undefined),
    maxPerViewer: 50,
  } as never;
  const service = new LikedImageService(records, { take: untilStopped }, () => Promise.resolve(), 60);
  const images = [{ source: { url: "https://slow.example/a.png" } }, { source: { url: "https://slow.example/b.png" } }];
  const recording = service.recordMany({ userId: "ann", images });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await recording).toMatchObject({
    ok: true,
    value: [
      { ok: false, error: { code: "TIME_LIMIT", field: "images.0" } },
      { ok: false, error: { code: "TIME_LIMIT", field: "images.1" } },
    ],
  });
});
