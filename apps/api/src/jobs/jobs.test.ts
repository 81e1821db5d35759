import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Database } from "../database/index.js";
import { ListeningConnection } from "../database/listening-connection.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import type { JobQueue } from "./job-queue.js";
import { Jobs } from "./jobs.js";

interface Errand {
  readonly to: string;
}

const log = pino({ level: "silent" });
let database: Database;
let listening: ListeningConnection;
let jobs: Jobs;
let queue: JobQueue<Errand>;
let tests = 0;
/** Whom the worker went to, in order; it stays there until it is let go. */
let begun: string[];
let letGo: () => void;

beforeAll(async () => {
  database = await openTestDatabase();
  listening = new ListeningConnection(database.connectionString, log);
});
beforeEach(async () => {
  begun = [];
  const isLetGo = new Promise<void>((resolve) => (letGo = resolve));
  jobs = await Jobs.open(database.connectionString, listening, log);
  queue = await jobs.openQueue({ name: `errands-${++tests}`, longestSeconds: 60, retries: 0 });
  const run = async ({ to }: Errand) => {
    begun.push(to);
    await isLetGo;
  };
  await queue.work({ run, giveUp: () => Promise.resolve() });
  await enqueue("ann");
  await vi.waitFor(() => expect(begun).toEqual(["ann"]), { timeout: 20_000 });
});
afterEach(async () => {
  letGo();
  await jobs.close();
});
afterAll(async () => {
  await listening.stop();
  await database.close();
});

const enqueue = (to: string) => database.prisma.$transaction((transaction) => queue.enqueue(transaction, { to }));

async function readStates(): Promise<string[]> {
  const rows = await database.prisma.$queryRaw<{ state: string }[]>`
    SELECT state::text FROM pgboss.job WHERE name = ${queue.name} ORDER BY created_on`;
  return rows.map(({ state }) => state);
}

test("of jobs that are called off the one that is in work is left to its worker", async () => {
  await enqueue("ann");
  await database.prisma.$transaction((transaction) => queue.cancel(transaction, { to: "ann" }));
  expect(await readStates()).toEqual(["active"]);
  letGo();
  await vi.waitFor(async () => expect(await readStates()).toEqual(["completed"]), { timeout: 20_000 });
});

test("a job that was taken just now is nobody's to take back: its worker may not have the lease yet", async () => {
  // However long this test takes.
  await database.prisma.$executeRaw`
    UPDATE pgboss.job SET started_on = now() + interval '1 minute' WHERE name = ${queue.name}`;
  expect(await queue.listTaken()).toEqual([]);
  await database.prisma.$executeRaw`
    UPDATE pgboss.job SET started_on = now() - interval '6 seconds' WHERE name = ${queue.name}`;
  expect(await queue.listTaken()).toMatchObject([{ job: { to: "ann" } }]);
});

test("at the end what is in work ends, and nothing more is begun with", async () => {
  await enqueue("bob");
  const closing = jobs.close();
  letGo();
  await closing;
  expect(begun).toEqual(["ann"]);
  expect(await readStates()).toEqual(["completed", "created"]);
});
