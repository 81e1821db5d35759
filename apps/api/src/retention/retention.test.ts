import { randomUUID } from "node:crypto";
import { parseImageHash, parseUserId } from "@facet/domain";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { recordAct } from "../audit/record-act.js";
import { storeFrames, type StoredFrame } from "../candidate-frame/stored-frames.fixture.js";
import type { Database } from "../database/index.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { untilSomebodyWaits } from "../database/until-somebody-waits.fixture.js";
import type { Prisma } from "../generated/prisma/client.js";
import { PostgresImageStore } from "../image/postgres-image-store.js";
import { LikedImageRecords } from "../liked-image/liked-image-records.js";
import { holdLikingViewer } from "../liked-image/liking-viewer.js";
import { Retention, type RetentionPolicy } from "./retention.js";
import { RetentionRecords } from "./retention-records.js";

const DAY_MS = 24 * 60 * 60 * 1000;
const START = Date.UTC(2026, 0, 1);
const day = (number: number) => new Date(START + number * DAY_MS);

let database: Database;
let frames: readonly StoredFrame[];

beforeAll(async () => {
  database = await openTestDatabase();
  frames = await storeFrames(database.prisma, "film", 2);
});
afterEach(async () => {
  await database.prisma.viewer.deleteMany();
  await database.prisma.auditEvent.deleteMany();
});
afterAll(() => database.close());

/** Retention in batches of two. */
function retentionOn(today: () => number, policy: Partial<RetentionPolicy>): Retention {
  const records = new RetentionRecords(database.prisma);
  const kept = { decisionDays: null, auditDays: null, importDays: null, ...policy };
  return new Retention(records, kept, pino({ level: "silent" }), () => day(today()), 2);
}

const runOn = (today: number, policy: Partial<RetentionPolicy>) => retentionOn(() => today, policy).run();

async function decide(
  userId: string,
  decidedAt: Date,
  historyVersion = 0,
  videoId = "film",
  frameId = frames[0]?.id ?? "",
): Promise<void> {
  await database.prisma.viewer.createMany({ data: { id: userId }, skipDuplicates: true });
  await database.prisma.coverDecision.create({
    data: {
      ...{ userId, videoId, frameId, basis: "QUALITY", reason: "NEW_VIEWER", probability: 1 },
      ...{ candidateIds: [frameId], probabilities: [1], interestWeights: [0], modelVersion: "m", historyVersion },
      ...{ videoRevision: 1, rulesRevision: 0, decidedAt },
    },
  });
}

const daysOfDecisions = async () =>
  (await database.prisma.coverDecision.findMany({ orderBy: { decidedAt: "asc" } })).map(
    ({ decidedAt }) => (decidedAt.getTime() - START) / DAY_MS,
  );

test("decisions go when they are older than is told, however many batches that takes", async () => {
  for (let number = 0; number < 7; number++) await decide(`viewer ${number}`, day(number));
  await runOn(15, { decisionDays: 10 });
  expect(await daysOfDecisions()).toEqual([5, 6]);
  await runOn(15, { decisionDays: 10 });
  expect(await daysOfDecisions()).toEqual([5, 6]);
  await runOn(30, { decisionDays: 10 });
  expect(await daysOfDecisions()).toEqual([]);
});

test("without a number of days decisions stay for ever", async () => {
  await decide("ann", day(0));
  await runOn(100_000, {});
  expect(await daysOfDecisions()).toEqual([0]);
});

test("a viewer goes with the last decision, unless something else is kept of it", async () => {
  for (const userId of ["looked", "liked", "opted-out", "looks"]) await decide(userId, day(0));
  await decide("looks", day(14), 1);
  const imageHash = frames[0]?.imageHash ?? "";
  await database.prisma.likedImage.create({
    data: { userId: "liked", imageHash, sourceKind: "FRAME", likedAt: day(0) },
  });
  await database.prisma.viewer.update({ where: { id: "opted-out" }, data: { optedOut: true } });
  await runOn(15, { decisionDays: 10 });
  const left = await database.prisma.viewer.findMany({ orderBy: { id: "asc" }, select: { id: true } });
  expect(left.map(({ id }) => id)).toEqual(["liked", "looks", "opted-out"]);
});

test("a like that is being recorded just then is waited for, and its viewer stays", async () => {
  await decide("ann", day(0));
  const likes = new LikedImageRecords(database.prisma, 50);
  const like = { imageHash: parseImageHash(frames[0]?.imageHash ?? ""), sourceKind: "FRAME", likedAt: day(1) } as const;
  let running: Promise<void> | undefined;
  await database.prisma.$transaction(
    async (transaction) => {
      await holdLikingViewer(transaction, { userId: parseUserId("ann"), since: null, deletions: [] });
      await likes.recordIn(transaction, parseUserId("ann"), [like]);
      running = runOn(15, { decisionDays: 10 });
      await untilSomebodyWaits(database.prisma);
    },
    { timeout: 30_000 },
  );
  await running;
  expect(await daysOfDecisions()).toEqual([]);
  expect(await database.prisma.likedImage.count({ where: { userId: "ann" } })).toBe(1);
});

const viewersLeft = async () => (await database.prisma.viewer.findMany({ orderBy: { id: "asc" } })).map(({ id }) => id);

const likeOf = (userId: string) => {
  const imageHash = parseImageHash(frames[0]?.imageHash ?? "");
  return { userId, imageHash, sourceKind: "FRAME", likedAt: day(1) } as const;
};

describe("a viewer of whom nothing is kept any more", () => {
  test("goes when it is old, whatever emptied it, and however many others are looked at", async () => {
    const { prisma } = database;
    const old = ["liked", "looks", "never did", "opted-out", "stays too", "unliked", "video gone"];
    await prisma.viewer.createMany({ data: old.map((id) => ({ id, createdAt: day(0) })) });
    await prisma.viewer.createMany({ data: [1, 2, 3].map((age) => ({ id: `older ${age}`, createdAt: day(-age) })) });
    await prisma.viewer.create({ data: { id: "young", createdAt: day(6) } });
    await prisma.viewer.update({ where: { id: "opted-out" }, data: { optedOut: true } });
    for (const userId of ["liked", "stays too", "unliked"]) await prisma.likedImage.create({ data: likeOf(userId) });
    await decide("looks", day(14));
    const [frame] = await storeFrames(prisma, "goes", 1);
    await decide("video gone", day(14), 0, "goes", frame?.id);
    await prisma.video.delete({ where: { id: "goes" } });
    const { id } = await prisma.likedImage.findFirstOrThrow({ where: { userId: "unliked" } });
    await new LikedImageRecords(prisma, 50).remove(parseUserId("unliked"), id);

    await runOn(15, {});
    expect(await viewersLeft()).toHaveLength(11);
    await runOn(15, { decisionDays: 10 });
    expect(await viewersLeft()).toEqual(["liked", "looks", "opted-out", "stays too", "young"]);
  });

  test("is passed over while a like of it is being written", async () => {
    const since = day(0);
    await database.prisma.viewer.create({ data: { id: "ann", createdAt: since } });
    const likes = new LikedImageRecords(database.prisma, 50);
    const work = async (transaction: Prisma.TransactionClient) => {
      await holdLikingViewer(transaction, { userId: parseUserId("ann"), since, deletions: [] });
      await likes.recordIn(transaction, parseUserId("ann"), [likeOf("ann")]);
      await runOn(15, { decisionDays: 10 });
    };
    await database.prisma.$transaction(work, { timeout: 30_000 });
    expect(await database.prisma.likedImage.count({ where: { userId: "ann" } })).toBe(1);
  });

  test.each(["went with its last decision", "was found to be empty"])(
    "that %s while pictures of a like were on their way comes back by the like",
    async (how) => {
      const userId = parseUserId("ann");
      if (how === "was found to be empty")
        await database.prisma.viewer.create({ data: { id: userId, createdAt: day(0) } });
      else await decide(userId, day(0));
      const likes = new LikedImageRecords(database.prisma, 50);
      const ann = (await likes.findLiking([userId])).get(userId);
      await runOn(15, { decisionDays: 10 });
      expect(await viewersLeft()).toEqual([]);
      if (ann === undefined) throw new Error("ann was asked for.");
      expect(await likes.record(ann, [likeOf(userId)])).toMatchObject([{ userId }]);
      expect(await viewersLeft()).toEqual(["ann"]);
    },
  );

  test.each<[what: string, write: (userId: string) => Promise<unknown>]>([
    ["a like", (userId) => database.prisma.likedImage.create({ data: likeOf(userId) })],
    ["a decision", (userId) => decide(userId, day(14))],
  ])("stays where %s was written after it was looked at and before it was locked", async (_what, write) => {
    const { prisma } = database;
    await prisma.viewer.createMany({ data: ["ann", "bob"].map((id) => ({ id, createdAt: day(0) })) });
    const written = vi.spyOn(prisma, "$transaction").mockImplementationOnce(async (work: unknown) => {
      await write("ann");
      return prisma.$transaction(work as Parameters<typeof prisma.$transaction>[0]);
    });
    try {
      const records = new RetentionRecords(prisma);
      expect(await records.removeEmptyViewers({ createdAt: day(5), id: "" }, 2)).toMatchObject({ removed: 1 });
    } finally {
      written.mockRestore();
    }
    expect(await viewersLeft()).toEqual(["ann"]);
  });

  test("is looked for once a day", async () => {
    let today = 15;
    const retention = retentionOn(() => today, { decisionDays: 10 });
    await retention.run();
    await database.prisma.viewer.create({ data: { id: "ann", createdAt: day(0) } });
    today = 15.9;
    await retention.run();
    expect(await viewersLeft()).toEqual(["ann"]);
    today = 16;
    await retention.run();
    expect(await viewersLeft()).toEqual([]);
  });
});

test("audit events go when they are older than is told", async () => {
  const key = { id: randomUUID(), name: "a key" };
  for (const videoId of ["old", "new"]) {
    const act = { action: "DELETE_VIDEO", videoId, before: {}, after: {} } as const;
    await recordAct(database.prisma, key, act);
  }
  await database.prisma.auditEvent.updateMany({ where: { videoId: "old" }, data: { at: day(0) } });
  await database.prisma.auditEvent.updateMany({ where: { videoId: "new" }, data: { at: day(6) } });
  await runOn(15, { auditDays: 10 });
  expect(await database.prisma.auditEvent.findMany()).toMatchObject([{ videoId: "new" }]);
});

test("imports go with all of their lines when they ended longer ago than is told; one under way stays", async () => {
  const ended = { status: "DONE" } as const;
  const imports = [
    { ...ended, uploadId: "old", finishedAt: day(0) },
    { ...ended, uploadId: "new", finishedAt: day(6) },
    { status: "RUNNING", uploadId: "begun long ago", createdAt: day(0) } as const,
  ];
  for (const data of imports) {
    const lines = Array.from({ length: 5 }, (_, line) => ({ line: line + 1 }));
    await database.prisma.likeImport.create({
      data: {
        ...{ totalBytes: 5, doneBytes: 5, seenLines: 5, doneLines: 5, accepted: 5 },
        createdAt: day(0),
        ...data,
        lines: { create: lines },
      },
    });
  }
  await runOn(15, {});
  expect(await database.prisma.likeImport.count()).toBe(3);
  await runOn(15, { importDays: 10 });
  const left = await database.prisma.likeImport.findMany({ orderBy: { id: "asc" }, include: { lines: true } });
  expect(left.map(({ uploadId, lines }) => [uploadId, lines.length])).toEqual([
    ["new", 5],
    ["begun long ago", 5],
  ]);
});

test("a picture whose user never came goes after a day; one that is used stays", async () => {
  const [orphan] = await new PostgresImageStore(database.prisma).keep([
    { bytes: Uint8Array.of(99), mime: "image/png", width: 1, height: 1 },
  ]);
  const count = () => database.prisma.image.count({ where: { hash: orphan?.hash ?? "" } });
  await database.prisma.image.updateMany({ data: { storedAt: day(0) } });
  await runOn(0.9, {});
  expect(await count()).toBe(1);
  await runOn(1.1, {});
  expect(await count()).toBe(0);
  expect(await database.prisma.image.count()).toBe(frames.length);
});
