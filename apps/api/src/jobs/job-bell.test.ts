import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Database } from "../database/index.js";
import { ListeningConnection } from "../database/listening-connection.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { JobBell } from "./job-bell.js";

const log = pino({ level: "silent" });
let database: Database;
let connection: ListeningConnection;
let bell: JobBell;
const heard: string[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(() => {
  heard.length = 0;
  connection = new ListeningConnection(database.connectionString, log);
  bell = new JobBell(connection);
});
afterEach(() => connection.stop());
afterAll(() => database.close());

const listenTo = (queue: string) => bell.onRing(queue, () => void heard.push(queue));
const ring = (queue: string) => database.prisma.$transaction((transaction) => JobBell.ring(transaction, queue));

test("rings for the queue that a job came into, when that is committed", async () => {
  await listenTo("films");
  await listenTo("likes");
  heard.length = 0; // The first was woken as listening began.
  const broken = database.prisma.$transaction(async (transaction) => {
    await JobBell.ring(transaction, "films");
    throw new Error("rolled back");
  });
  await expect(broken).rejects.toThrow("rolled back");
  await ring("nobody's");
  await ring("likes");
  await vi.waitFor(() => expect(heard).toContain("likes"));
  expect(heard).toEqual(["likes"]);
  bell.offRing("likes");
  await ring("likes");
  await ring("films");
  await vi.waitFor(() => expect(heard).toContain("films"));
  expect(heard).toEqual(["likes", "films"]);
});

test("listens again after its connection has ended, and wakes for what it did not hear", async () => {
  await listenTo("films");
  expect(heard).toEqual(["films"]);
  await database.prisma.$queryRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'facet-listening'`;
  await vi.waitFor(() => expect(heard).toEqual(["films", "films"]), { timeout: 20_000 });
});

test("where there is no database to listen to, nothing fails", async () => {
  const nowhere = new ListeningConnection("postgresql://nobody@127.0.0.1:1/none", log);
  await new JobBell(nowhere).onRing("films", () => undefined);
  await nowhere.stop();
});
