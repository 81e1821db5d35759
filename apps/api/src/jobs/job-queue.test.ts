import PgBoss from "pg-boss";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Database } from "../database/index.js";
import { ListeningConnection } from "../database/listening-connection.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { JobBell } from "./job-bell.js";
import { JobQueue, type StartWorker } from "./job-queue.js";
import { JobWorker } from "./job-worker.js";

interface Job {
  readonly film: string;
}

let database: Database;
let boss: PgBoss;
let connection: ListeningConnection;
let queue: JobQueue<Job>;
const log = pino({ level: "silent" });
const workers: Pick<JobWorker<Job>, "wake" | "ended">[] = [];

const startWorker: StartWorker = (work) => {
  const worker = new JobWorker(boss, work, log);
  workers.push(worker);
  return worker;
};

beforeAll(async () => {
  database = await openTestDatabase();
  boss = new PgBoss({ connectionString: database.connectionString, max: 2 });
  boss.on("error", () => undefined);
  await boss.start();
  connection = new ListeningConnection(database.connectionString, log);
  const options = { name: "films", longestSeconds: 60, retries: 0 };
  queue = await JobQueue.open<Job>(boss, new JobBell(connection), startWorker, options);
});
afterAll(async () => {
  queue.stopWork();
  await Promise.all(workers.map((worker) => worker.ended()));
  await boss.stop({ graceful: false });
  await connection.stop();
  await database.close();
});

test("a worker is woken when a job is committed, and by then it can be taken", async () => {
  const done: Job[] = [];
  const run = (job: Job): Promise<void> => Promise.resolve(void done.push(job));
  await queue.work({ run, giveUp: () => Promise.resolve() });
  const [worker] = workers;
  if (!worker) throw new Error("No worker was started.");
  const woken = vi.spyOn(worker, "wake"); // Was called once before, as listening began.
  await database.prisma.$transaction(async (transaction) => {
    await queue.enqueue(transaction, { film: "ann's" });
    expect(await connection.ask()).toBe(true);
    expect(woken).not.toHaveBeenCalled();
  });
  await vi.waitFor(() => expect(woken).toHaveBeenCalledTimes(1));
  await vi.waitFor(() => expect(done).toEqual([{ film: "ann's" }]), { timeout: 20_000 });
});
