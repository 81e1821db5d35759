import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hasAll } from "./has-all-migrations.js";
import type { Database } from "./index.js";
import { readMigrations, type Migration } from "./migration-files.js";
import { openTestDatabase } from "./test-database.fixture.js";

let database: Database;
let client: pg.Client;
let migrations: readonly Migration[];

beforeAll(async () => {
  database = await openTestDatabase();
  migrations = await readMigrations();
  client = new pg.Client({ connectionString: database.connectionString });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.close();
});

test("a database to which the schema engine has applied every migration has all of them", async () => {
  expect(await hasAll(client, migrations)).toBe(true);
});

test("it lacks one that is new, and one that has changed since", async () => {
  expect(await hasAll(client, [...migrations, { name: "99999999999999_new", sql: "SELECT 1;" }])).toBe(false);
  expect(await hasAll(client, migrations.with(0, { name: migrations[0]?.name ?? "", sql: "SELECT 1;" }))).toBe(false);
});

test("it has more than it should where one of its migrations is not among ours", async () => {
  expect(await hasAll(client, migrations.slice(1))).toBe(false);
});

test.each(["finished_at = NULL", "rolled_back_at = now()"])("one with %s is not whole", async (fault) => {
  await client.query("BEGIN");
  try {
    await client.query(`UPDATE _prisma_migrations SET ${fault} WHERE migration_name = $1`, [migrations.at(-1)?.name]);
    expect(await hasAll(client, migrations)).toBe(false);
  } finally {
    await client.query("ROLLBACK");
  }
});

test("an empty database has none", async () => {
  await client.query("BEGIN");
  try {
    await client.query("ALTER TABLE _prisma_migrations RENAME TO other_migrations");
    expect(await hasAll(client, migrations)).toBe(false);
  } finally {
    await client.query("ROLLBACK");
  }
});
