import { connect, createServer, type AddressInfo } from "node:net";
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

test("one that ends while it begins to listen never began, and the next one does", async () => {
  const relay = await relayThatCutsOnce('LISTEN "films"');
  await connection.stop();
  connection = new ListeningConnection(relay.connectionString, pino({ level: "silent" }));
  await listenTo("films");
  expect(relay.cuts()).toBe(1);
  expect(told).toEqual([]);
  expect(connection.isListeningTo("films")).toBe(false);
  await vi.waitFor(() => expect(told).toEqual(["films began"]), { timeout: 20_000 });
  await announce("films", "1");
  expect(await connection.ask()).toBe(true);
  expect(told).toEqual(["films began", "films: 1"]);
  await connection.stop();
  relay.close();
});

test("one that was stopped hears nothing, and stays stopped", async () => {
  await listenTo("films");
  await connection.stop();
  expect(told).toEqual(["films began", "films lost"]);
  expect(connection.isListeningTo("films")).toBe(false);
  expect(await connection.ask()).toBe(false);
  await vi.waitFor(async () => expect(await countConnections()).toBe(0));
});

/** A way to the test's database that ends with the first question of these words, before Postgres gets it. */
async function relayThatCutsOnce(words: string) {
  const target = new URL(database.connectionString);
  let cuts = 0;
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    near.on("error", () => far.destroy()).on("close", () => far.destroy());
    far.on("error", () => near.destroy()).on("close", () => near.destroy());
    far.pipe(near);
    near.on("data", (bytes) => {
      if (cuts === 0 && bytes.includes(words)) {
        cuts += 1;
        near.destroy();
      } else far.write(bytes);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);
  return { connectionString: url.href, cuts: () => cuts, close: () => server.close() };
}
