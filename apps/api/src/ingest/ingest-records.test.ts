import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../database/index.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { toIngestJob, type IngestJob } from "./ingest-job.js";
import { IngestRecords } from "./ingest-records.js";

let database: Database;
let records: IngestRecords;
const enqueued: IngestJob[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
  const enqueue = async (_transaction: unknown, job: IngestJob) => void enqueued.push(await Promise.resolve(job));
  records = new IngestRecords(database.prisma, { enqueue });
});
afterAll(() => database.close());

async function register(id: string, registeredAt: Date): Promise<IngestJob> {
  const data = { id, sourceKind: "PATH", sourceRef: "a.mp4", registeredAt } as const;
  return toIngestJob(await database.prisma.video.create({ data }), 1);
}

const find = (id: string) => database.prisma.video.findUniqueOrThrow({ where: { id } });

test("what is left to do for a video that was deleted is not done to the one that has its id now", async () => {
  const former = await register("film", new Date("2026-01-01T00:00:00Z"));
  await records.begin(former);
  await database.prisma.video.delete({ where: { id: "film" } });
  const present = await register("film", new Date("2026-01-01T00:00:01Z"));

  await records.fail(former, { code: "INTERNAL_ERROR", message: "It failed too often." });
  expect(await records.begin(former)).toBeUndefined();
  expect(await find("film")).toMatchObject({ status: "PENDING", ingestAttempts: 0 });

  expect(await records.begin(present)).toMatchObject({ kind: "FIRST" });
  await records.postpone(former);
  await records.reopen(former);
  expect(await records.note(former, "DECODING", 0.5)).toBe(false);
  expect(await records.isWanted(former)).toBe(false);
  expect(await find("film")).toMatchObject({ status: "PROCESSING", ingestStage: "FETCHING", ingestProgress: 0 });
  expect(enqueued).toEqual([]);
});

test("nor to a source that is to replace the one that it has now", async () => {
  const former = { ...(await register("other", new Date("2026-01-01T00:00:00Z"))), revision: 2 };
  await database.prisma.video.delete({ where: { id: "other" } });
  await register("other", new Date("2026-01-01T00:00:01Z"));
  const facts = { durationMs: 1, width: 1, height: 1, sizeBytes: 1, readyAt: new Date() };
  await database.prisma.video.update({ where: { id: "other" }, data: { status: "READY", ...facts } });
  await database.prisma.sourceReplacement.create({
    data: { videoId: "other", sourceKind: "PATH", sourceRef: "b.mp4", revision: 2 },
  });
  expect(await records.begin(former)).toBeUndefined();
  await records.fail(former, { code: "INTERNAL_ERROR", message: "It failed too often." });
  const replacement = await database.prisma.sourceReplacement.findUniqueOrThrow({ where: { videoId: "other" } });
  expect(replacement.failureCode).toBeNull();
});
