import { createServer } from "node:net";
import { inspect } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkVersion } from "./check-server.js";
import { DatabaseUnreachableError, MigrationError, openDatabase, PostgresTooOldError, type Database } from "./index.js";
import { readMigrations } from "./migration-files.js";
import { SchemaEngine } from "./schema-engine.js";
import { openTestDatabase } from "./test-database.fixture.js";

let database: Database;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

const open = (databaseUrl: string) => openDatabase({ databaseUrl, dataDir: "/nonexistent", log: () => undefined });

async function emptyDatabase(): Promise<void> {
  await database.prisma.$executeRaw`DROP SCHEMA public CASCADE`;
  await database.prisma.$executeRaw`CREATE SCHEMA public`;
}

test("several processes that start at once on an empty database all find the present schema", async () => {
  await emptyDatabase();
  const opened = await Promise.all([1, 2, 3].map(() => open(database.connectionString)));
  for (const { prisma, origin, close } of opened) {
    expect(origin).toBe("external");
    expect(await prisma.video.count()).toBe(0);
    await close();
  }
  const applied = await database.prisma.$queryRaw`SELECT applied_steps_count AS steps FROM _prisma_migrations`;
  expect(applied).toEqual((await readMigrations()).map(() => ({ steps: 1 })));
});

test("a migration is applied whole or not at all", async () => {
  const broken = { name: "99990101000000_broken", sql: "CREATE TABLE half (); SELECT 1 / 0;" };
  const migrations = [...(await readMigrations()), broken];
  const work = SchemaEngine.use(database.connectionString, (engine) => engine.applyMigrations(migrations));
  await expect(work).rejects.toThrow("division by zero");
  expect(await database.prisma.$queryRaw`SELECT to_regclass('half')::text AS half`).toEqual([{ half: null }]);
});

test("after a migration that failed, the service does not start on what is there", async () => {
  const failed = { name: "99990101000000_broken", sql: "SELECT 1 / 0;" };
  const work = SchemaEngine.use(database.connectionString, async (engine) =>
    engine.applyMigrations([...(await readMigrations()), failed]),
  );
  await expect(work).rejects.toThrow();
  await expect(open(database.connectionString)).rejects.toThrow(MigrationError);
});

test("a database that holds the tables of others is left alone", async () => {
  await emptyDatabase();
  await database.prisma.$executeRaw`CREATE TABLE of_others (id int)`;
  await expect(open(database.connectionString)).rejects.toThrow("not empty");
});

/** An error as it may end up in a log: with its causes and all that hangs on them. */
async function readFailure(databaseUrl: string): Promise<string> {
  const failure: unknown = await open(databaseUrl).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(DatabaseUnreachableError);
  return inspect(failure, { depth: 10, showHidden: true });
}

test("a refused password is said without the password", async () => {
  const address = new URL(database.connectionString);
  address.password = "hush-hush";
  const failure = await readFailure(address.href);
  expect(failure).toContain("refuses the user or the password");
  expect(failure).not.toContain("hush-hush");
});

test("a server that is not there is named, without the password", async () => {
  const port = await new Promise<number>((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address !== null ? address.port : 1));
    });
  });
  const failure = await readFailure(`postgresql://facet:hush-hush@127.0.0.1:${port}/facet`);
  expect(failure).toContain(`127.0.0.1:${port}/facet cannot be used: nothing listens there.`);
  expect(failure).not.toContain("hush-hush");
});

test("an address that is none is refused without quoting it", async () => {
  const failure = await readFailure("postgresql://facet:hush-hush@local host:port/facet");
  expect(failure).not.toContain("hush-hush");
});

test("a Postgres before 15 is refused by its version", () => {
  expect(() => checkVersion("14.12 (Debian 14.12-1)", 140_012)).toThrow(PostgresTooOldError);
  expect(() => checkVersion("14.12 (Debian 14.12-1)", 140_012)).toThrow("version 14.12; 15 or newer");
  expect(checkVersion("15.0 (Debian 15.0-1)", 150_000)).toBe("15.0");
});
