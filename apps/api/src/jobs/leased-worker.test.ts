import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Database } from "../database/index.js";
import { ListeningConnection } from "../database/listening-connection.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { JobBell } from "./job-bell.js";
import type { JobQueue } from "./job-queue.js";
import { Jobs } from "./jobs.js";
import { Lease } from "./lease.js";
import { LeasedWorker, type LeasedWork, type WorkSignals } from "./leased-worker.js";

interface Errand {
  readonly to: string;
  readonly try?: number;
}

// Waits for the queue's polling and for its retries.
vi.setConfig({ testTimeout: 60_000 });

const log = pino({ level: "silent" });
let database: Database;
let listening: ListeningConnection;
let jobs: Jobs;
let queue: JobQueue<Errand>;
let worker: LeasedWorker<Errand> | undefined;
let tests = 0;

beforeAll(async () => {
  database = await openTestDatabase();
  listening = new ListeningConnection(database.connectionString, log);
  jobs = await Jobs.open(database.connectionString, listening, log);
});
beforeEach(async () => {
  queue = await jobs.openQueue({ name: `errands-${++tests}`, longestSeconds: 60, retries: 1 });
});
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
});
afterAll(async () => {
  await jobs.close();
  await listening.stop();
  await database.close();
});

async function startWorker(work: Partial<LeasedWork<Errand>>): Promise<void> {
  const nothing = () => Promise.resolve();
  const leased = { leaseKey: ({ to }: Errand) => to, run: nothing, giveUp: nothing, ...work };
  worker = new LeasedWorker(queue, leased, database.connectionString, log);
  await worker.start();
}

const enqueue = (job: Errand) => database.prisma.$transaction((transaction) => queue.enqueue(transaction, job));

async function readStates(): Promise<string[]> {
  const rows = await database.prisma.$queryRaw<{ state: string }[]>`
    SELECT state::text FROM pgboss.job WHERE name = ${queue.name} ORDER BY created_on`;
  return rows.map(({ state }) => state);
}

test("a job is in the queue when its transaction is, and not where that is rolled back", async () => {
  const broken = database.prisma.$transaction(async (transaction) => {
    await queue.enqueue(transaction, { to: "nobody" });
    throw new Error("rolled back");
  });
  await expect(broken).rejects.toThrow("rolled back");
  expect(await readStates()).toEqual([]);
  await enqueue({ to: "ann" });
  expect(await readStates()).toEqual(["created"]);
});

test("a job rings in every process that listens for its queue", async () => {
  const elsewhere = new ListeningConnection(database.connectionString, log);
  const heard = vi.fn();
  await new JobBell(elsewhere).onRing(queue.name, heard);
  expect(heard).toHaveBeenCalledTimes(1); // As listening began.
  await enqueue({ to: "ann" });
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(2));
  await elsewhere.stop();
});

test("jobs that are called off are those that have all that is named", async () => {
  await enqueue({ to: "ann", try: 1 });
  await enqueue({ to: "ann", try: 2 });
  await enqueue({ to: "bob" });
  await database.prisma.$transaction((transaction) => queue.cancel(transaction, { to: "ann" }));
  const left = await database.prisma.$queryRaw`SELECT data FROM pgboss.job WHERE name = ${queue.name}`;
  expect(left).toEqual([{ data: { to: "bob" } }]);
});

test("what fails is tried again, and given up when it was tried often enough", async () => {
  const tries: Errand[] = [];
  const givenUp = await new Promise<Errand>((resolve) => {
    void startWorker({
      run: (job) => {
        tries.push(job);
        return Promise.reject(new Error("nobody is at home"));
      },
      giveUp: async (job) => {
        await Promise.resolve();
        resolve(job);
      },
    }).then(() => enqueue({ to: "ann" }));
  });
  expect(tries).toEqual([{ to: "ann" }, { to: "ann" }]);
  expect(givenUp).toEqual({ to: "ann" });
});

test("a job whose worker is gone is done by another; one whose worker lives is not", async () => {
  await enqueue({ to: "the living" });
  await enqueue({ to: "the dead" });
  // As workers leave them that took them some time ago.
  await database.prisma.$executeRaw`
    UPDATE pgboss.job SET state = 'active', started_on = now() - interval '1 minute' WHERE name = ${queue.name}`;
  const living = await Lease.take(database.connectionString, `${queue.name} the living`);
  const done = await new Promise<Errand>((resolve) => {
    void startWorker({
      run: async (job) => {
        await Promise.resolve();
        resolve(job);
      },
    });
  });
  expect(done).toEqual({ to: "the dead" });
  expect(await readStates()).toContain("active");
  await living?.release();
});

test("work is told to stop when the service ends, and when its lease is lost", async () => {
  const running = () =>
    new Promise<WorkSignals>((resolve) => {
      void startWorker({
        run: async (_job, signals) => {
          resolve(signals);
          await new Promise((stopped) => signals.stop.addEventListener("abort", stopped));
        },
      }).then(() => enqueue({ to: "ann" }));
    });

  const first = await running();
  await worker?.stop();
  expect([first.shutdown.aborted, first.stop.aborted]).toEqual([true, true]);

  const second = await running();
  const stopped = new Promise((resolve) => second.stop.addEventListener("abort", resolve));
  await database.prisma.$queryRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'facet-lease' AND datname = current_database()`;
  await stopped;
  expect(second.shutdown.aborted).toBe(false);
});

test("a worker that is told to stop takes no job more, not even the one that it gives back", async () => {
  let runs = 0;
  await new Promise<void>((resolve) => {
    void startWorker({
      run: async (job, { stop }) => {
        runs += 1;
        resolve();
        await new Promise((stopped) => stop.addEventListener("abort", stopped));
        await enqueue(job);
      },
    }).then(() => enqueue({ to: "ann" }));
  });
  await worker?.stop();
  await jobs.close();
  expect(runs).toBe(1);
  expect(await readStates()).toEqual(["completed", "created"]);
  jobs = await Jobs.open(database.connectionString, listening, log);
});
