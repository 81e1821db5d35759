import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Database } from "./index.js";
import { ListeningConnection } from "./listening-connection.js";
import { openTestDatabase } from "./test-database.fixture.js";

let database: Database;
let connection: ListeningConnection;
let told: string[];

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(() => {
  told = [];
  connection = new ListeningConnection(database.connectionString, pino({ level: "silent" }));
});
afterEach(() => connection.stop());
afterAll(() => database.close());

const listenTo = (channel: string) =>
  connection.listen(channel, {
    heard: (payload) => void told.push(`${channel}: ${payload}`),
    began: () => void told.push(`${channel} began`),
    lost: () => void told.push(`${channel} lost`),
  });
const announce = (channel: string, payload: string) =>
  database.prisma.$executeRaw`SELECT pg_notify(${channel}, ${payload})`;
const countConnections = async () => {
  const [row] = await database.prisma.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'facet-listening'`;
  return Number(row?.count);
};

test("every listener hears its own channel, over one connection, whenever it came", async () => {
  await Promise.all([listenTo("films"), listenTo("likes")]);
  await announce("films", "1");
  await listenTo("Later ones");
  for (const channel of ["likes", "Later ones", "nobody's"]) await announce(channel, "2");
  expect(await connection.ask()).toBe(true);
  expect(told).toEqual(["films began", "likes began", "films: 1", "Later ones began", "likes: 2", "Later ones: 2"]);
  expect(await countConnections()).toBe(1);
});

test("a connection that ends is lost for every listener, and another takes its place", async () => {
  await listenTo("films");
  await listenTo("likes");
  told = [];
  await database.prisma.$queryRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'facet-listening'`;
  await vi.waitFor(() => expect(told).toEqual(["films lost", "likes lost", "films began", "likes began"]), {
    timeout: 20_000,
  });
  expect(connection.isListeningTo("films")).toBe(true);
});

test("one that was stopped hears nothing, and stays stopped", async () => {
  await listenTo("films");
  await connection.stop();
  expect(told).toEqual(["films began", "films lost"]);
  expect(connection.isListeningTo("films")).toBe(false);
  expect(await connection.ask()).toBe(false);
  await vi.waitFor(async () => expect(await countConnections()).toBe(0));
});
