import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../database/index.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { IngestQueue } from "../ingest/ingest-queue.js";
import { RetentionQueue } from "./retention-queue.js";

const log = pino({ level: "silent" });
let database: Database;
let ingestQueue: IngestQueue;
let queue: RetentionQueue;

beforeAll(async () => {
  database = await openTestDatabase();
  ingestQueue = await IngestQueue.open(database.connectionString, log);
  queue = await RetentionQueue.open(database.connectionString, log);
});
afterAll(async () => {
  await queue.close();
  await ingestQueue.close();
  await database.close();
});

test("a job of the clock is a run", async () => {
  let hasRun: () => void = () => undefined;
  const ran = new Promise<void>((resolve) => (hasRun = resolve));
  await queue.start(async () => {
    await Promise.resolve();
    hasRun();
  });
  // As the clock puts it there: nobody waits for the hour.
  await database.prisma.$executeRaw`INSERT INTO pgboss.job (name) VALUES ('retention')`;
  await ran;
  expect(await database.prisma.$queryRaw`SELECT name FROM pgboss.schedule`).toEqual([{ name: "retention" }]);
});
