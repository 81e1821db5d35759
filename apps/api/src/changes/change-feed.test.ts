import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Database } from "../database/index.js";
import { ListeningConnection } from "../database/listening-connection.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { ChangeFeed } from "./change-feed.js";

const log = pino({ level: "silent" });
let database: Database;
let connection: ListeningConnection;
let feed: ChangeFeed;
let heard: string[];
const lost = vi.fn();

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  heard = [];
  lost.mockReset();
  connection = new ListeningConnection(database.connectionString, log);
  feed = new ChangeFeed(connection);
  feed.subscribe({ changed: (kind, id) => void heard.push(id === undefined ? kind : `${kind} ${id}`), lost });
  await feed.start();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await connection.stop();
});

test("what is committed has been heard when the feed has settled, every time", async () => {
  for (let turn = 0; turn < 100; turn++) {
    await database.prisma.viewer.create({ data: { id: `viewer ${turn}` } });
    await feed.settle();
    expect(heard.at(-1)).toBe(`viewer viewer ${turn}`);
  }
});

test("whoever writes is heard, also past the service; what no cover depends on is not", async () => {
  const { prisma } = database;
  const { id } = await prisma.apiKey.create({ data: { name: "web", role: "reader", hash: "0f".repeat(32) } });
  await prisma.apiKey.update({ where: { id }, data: { lastUsedAt: new Date() } });
  await prisma.video.create({ data: { id: "film", sourceKind: "PATH", sourceRef: "a.mp4" } });
  await feed.settle();
  expect(heard).toEqual([]);
  await prisma.apiKey.update({ where: { id }, data: { revokedAt: new Date() } });
  await prisma.$executeRaw`UPDATE video SET rules_revision = 1 WHERE id = 'film'`;
  await prisma.$executeRaw`INSERT INTO viewer (id) VALUES ('ann')`;
  await prisma.$executeRaw`DELETE FROM video`;
  await prisma.$executeRaw`TRUNCATE viewer CASCADE`;
  await feed.settle();
  expect(heard.toSorted()).toEqual(
    // Of what TRUNCATE empties, likes and decisions say the same, once in a transaction.
    ["key", "video film", "viewer ann", "video film", "viewer"].toSorted(),
  );
});

test("a connection that ends is told of, and the feed listens again by itself", async () => {
  await vi.waitFor(() => expect(feed.isCurrent()).toBe(true));
  await database.prisma.$queryRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'facet-listening'`;
  await vi.waitFor(() => expect(lost).toHaveBeenCalledTimes(1));
  expect(feed.isCurrent()).toBe(false);
  await vi.waitFor(() => expect(feed.isCurrent()).toBe(true), { timeout: 20_000 });
  await database.prisma.viewer.create({ data: { id: "late" } });
  await feed.settle();
  expect(heard).toContain("viewer late");
});

test("a feed without a database is not current, and settles at once", async () => {
  const nowhere = new ListeningConnection("postgresql://nobody@127.0.0.1:1/none", log);
  const alone = new ChangeFeed(nowhere);
  await alone.start();
  await alone.settle();
  expect(alone.isCurrent()).toBe(false);
  await nowhere.stop();
});

test("what was heard is trusted for a second after the last proof, and not for longer", async () => {
  let listener: Parameters<ListeningConnection["listen"]>[1] | undefined;
  let isAnswering = true;
  const silent = new ChangeFeed({
    listen: async (_channel, given) => {
      listener = given;
      await given.began?.();
    },
    isListeningTo: () => listener !== undefined,
    ask: () => (isAnswering ? Promise.resolve(true) : new Promise<boolean>(() => undefined)),
  });
  const clock = vi.spyOn(performance, "now").mockReturnValue(10_000);
  await silent.start();
  isAnswering = false;
  clock.mockReturnValue(10_999);
  expect(silent.isCurrent()).toBe(true);
  clock.mockReturnValue(11_000);
  expect(silent.isCurrent()).toBe(false);
  expect(silent.isListening()).toBe(true);
});
