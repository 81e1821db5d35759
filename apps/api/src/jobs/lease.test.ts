import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../database/index.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { Lease } from "./lease.js";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test("a key is leased to one worker at a time", async () => {
  const lease = await Lease.take(database.connectionString, "film");
  expect(lease).toBeDefined();
  expect(await Lease.take(database.connectionString, "film")).toBeUndefined();
  const other = await Lease.take(database.connectionString, "other");
  expect(other).toBeDefined();
  await Promise.all([lease?.release(), other?.release()]);
});

test("a worker learns that its lease is lost when its connection is cut", async () => {
  const lease = await Lease.take(database.connectionString, "cut");
  const lost = new Promise((resolve) => lease?.lost.addEventListener("abort", resolve));
  await database.prisma.$queryRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'facet-lease' AND datname = current_database()`;
  await lost;
  const next = await Lease.take(database.connectionString, "cut");
  expect(next).toBeDefined();
  await next?.release();
});
