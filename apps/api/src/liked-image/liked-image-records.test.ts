import { parseUserId } from "@facet/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { storeFrames, type StoredFrame } from "../candidate-frame/stored-frames.fixture.js";
import type { Database } from "../database/index.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import type { ReadFeature } from "../image/feature-store.js";
import { HistoryReader } from "./history-reader.js";
import { LikedImageRecords } from "./liked-image-records.js";

let database: Database;
let records: LikedImageRecords;
let frames: readonly StoredFrame[];

beforeAll(async () => {
  database = await openTestDatabase();
  records = new LikedImageRecords(database.prisma, 50);
  frames = await storeFrames(database.prisma, "film", 60);
});
afterAll(() => database.close());

async function like(name: string, frameNumber: number, day: number): Promise<void> {
  const imageHash = frames[frameNumber]?.imageHash;
  if (imageHash === undefined) throw new RangeError(`There is no frame ${frameNumber}.`);
  const likedAt = new Date(Date.UTC(2026, 0, day));
  const viewer = { userId: parseUserId(name), since: null, deletions: [] };
  await records.record(viewer, [{ imageHash, sourceKind: "FRAME", likedAt }]);
}

/** Numbers of the frames. */
async function historyOf(name: string, newest: number): Promise<number[] | undefined> {
  const history = await readHistory(name, newest);
  return history?.features.map(([frame]) => frame ?? Number.NaN);
}

function readHistory(name: string, newest: number) {
  const unpack = (rows: readonly ReadFeature[]) =>
    rows.map((row) => Float32Array.of(frames.findIndex((frame) => frame.imageHash === row.imageHash)));
  const reader = new HistoryReader(database.statements, { encoderVersion: "an encoder", unpack }, newest);
  return reader.read(name);
}

test("the history is the newest likes, the oldest of them first, in whatever order they were recorded", async () => {
  for (const [frame, day] of [
    [0, 3],
    [1, 1],
    [2, 4],
    [3, 2],
  ] as const) {
    await like("ann", frame, day);
  }
  expect(await historyOf("ann", 3)).toEqual([3, 0, 2]);
});

test("a history has the version that its viewer has with it, and nobody who likes nothing has one", async () => {
  for (const frame of [0, 1, 2]) await like("fay", frame, 1 + frame);
  expect(await readHistory("fay", 2)).toMatchObject({ historyVersion: 3 });
  const { id } = await database.prisma.likedImage.findFirstOrThrow({ where: { userId: "fay" } });
  await records.remove(parseUserId("fay"), id);
  expect(await readHistory("fay", 2)).toMatchObject({ historyVersion: 4 });
  expect(await readHistory("nobody", 2)).toBeUndefined();
});

test("a like that is older than the one that is there changes nothing", async () => {
  await like("bob", 0, 2);
  await like("bob", 0, 1);
  const viewer = await database.prisma.viewer.findUnique({ where: { id: "bob" }, include: { likes: true } });
  expect(viewer).toMatchObject({ historyVersion: 1, likes: [{ likedAt: new Date("2026-01-02") }] });
});

test("likes that are recorded at the same moment are all kept, and each raises the version", async () => {
  await Promise.all(Array.from({ length: 20 }, (_, index) => like("cat", index, 1 + index)));
  expect(await historyOf("cat", 50)).toEqual(Array.from({ length: 20 }, (_, index) => index));
  expect(await database.prisma.viewer.findUnique({ where: { id: "cat" } })).toMatchObject({ historyVersion: 20 });
});

test("a like that is removed by many at once raises the version once", async () => {
  await like("dan", 0, 1);
  const { id } = await database.prisma.likedImage.findFirstOrThrow({ where: { userId: "dan" } });
  const removed = await Promise.all(Array.from({ length: 5 }, () => records.remove(parseUserId("dan"), id)));
  expect(removed.filter((record) => record !== undefined)).toHaveLength(1);
  expect(await database.prisma.viewer.findUnique({ where: { id: "dan" } })).toMatchObject({ historyVersion: 2 });
});

test("likes and removals of one viewer at the same moment wait for each other", async () => {
  for (let round = 1; round <= 20; round++) {
    await like("eve", 0, round);
    const { id } = await database.prisma.likedImage.findFirstOrThrow({ where: { userId: "eve" } });
    await Promise.all([like("eve", 0, round + 1), records.remove(parseUserId("eve"), id), like("eve", 0, round + 2)]);
  }
  expect(await database.prisma.likedImage.count({ where: { userId: "eve" } })).toBeLessThanOrEqual(1);
});
