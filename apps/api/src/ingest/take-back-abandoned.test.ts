import { pino } from "pino";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Database } from "../database/index.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { IngestLease } from "./ingest-lease.js";
import { takeBackAbandoned } from "./take-back-abandoned.js";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const log = pino({ level: "silent" });
const job = { videoId: "film", revision: 1 };

async function takeBack(): Promise<unknown[][]> {
  const taken = vi.fn(() => Promise.resolve());
  const queue = { listTaken: () => Promise.resolve([{ jobId: "job", job }]), takeBack: taken };
  await takeBackAbandoned(queue, database.connectionString, log);
  return taken.mock.calls;
}

test("a video is leased to one worker at a time", async () => {
  const lease = await IngestLease.take(database.connectionString, "film");
  expect(lease).toBeDefined();
  expect(await IngestLease.take(database.connectionString, "film")).toBeUndefined();
  const other = await IngestLease.take(database.connectionString, "other");
  expect(other).toBeDefined();
  await Promise.all([lease?.release(), other?.release()]);
});

test("a job whose worker lives is left to it; without a worker it is taken back", async () => {
  const lease = await IngestLease.take(database.connectionString, job.videoId);
  expect(await takeBack()).toEqual([]);
  await lease?.release();
  expect(await takeBack()).toEqual([["job"]]);
});

test("a worker learns that its lease is lost when its connection is cut", async () => {
  const lease = await IngestLease.take(database.connectionString, "cut");
  const lost = new Promise((resolve) => lease?.lost.addEventListener("abort", resolve));
  await database.prisma.$queryRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'facet-ingest-lease' AND datname = current_database()`;
  await lost;
  const next = await IngestLease.take(database.connectionString, "cut");
  expect(next).toBeDefined();
  await next?.release();
});
