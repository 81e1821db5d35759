import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../database/index.js";
import { ListeningConnection } from "../database/listening-connection.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { Jobs } from "../jobs/index.js";
import { startRetention } from "./start-retention.js";

let database: Database;
let listening: ListeningConnection;
let jobs: Jobs;

beforeAll(async () => {
  database = await openTestDatabase();
  const log = pino({ level: "silent" });
  listening = new ListeningConnection(database.connectionString, log);
  jobs = await Jobs.open(database.connectionString, listening, log);
});
afterAll(async () => {
  await jobs.close();
  await listening.stop();
  await database.close();
});

test("a job of the clock is a run", async () => {
  let hasRun: () => void = () => undefined;
  const ran = new Promise<void>((resolve) => (hasRun = resolve));
  await startRetention(jobs, {
    run: async () => {
      await Promise.resolve();
      hasRun();
    },
  });
  // As the clock puts it there: nobody waits for the hour.
  await database.prisma.$executeRaw`INSERT INTO pgboss.job (name) VALUES ('retention')`;
  await ran;
  expect(await database.prisma.$queryRaw`SELECT name FROM pgboss.schedule`).toEqual([{ name: "retention" }]);
});
