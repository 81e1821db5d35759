import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { checkServer } from "./check-server.js";
import { connectPrisma } from "./connect-prisma.js";
import type { Database } from "./open-database.js";
import "./test-server.fixture.js";

/**
 * A database of one's own with the present schema and no rows, on the Postgres of this test run: a copy, made in some
 * tens of milliseconds. One per file, or one per test where tests would see each other's rows:
 *
 *     let database: Database;
 *     beforeAll(async () => { database = await openTestDatabase(); });
 *     afterAll(() => database.close());
 *
 * `close` drops it, whoever is still connected. Its `connectionString` is good for a queue, or as the `DATABASE_URL` of a
 * service that is started as a process.
 */
export async function openTestDatabase(): Promise<Database> {
  const answer = await fetch(inject("databaseServer"));
  const template = await answer.text();
  if (!answer.ok) throw new Error(`The Postgres of the tests does not start: ${template}`);

  const address = new URL(template);
  const source = address.pathname.slice(1);
  const name = `test_${randomUUID()}`;
  address.pathname = "/postgres";
  const server = address.href;
  await execute(server, `CREATE DATABASE "${name}" TEMPLATE "${source}"`);
  address.pathname = `/${name}`;
  const connectionString = address.href;

  const { prisma, statements, disconnect } = connectPrisma(connectionString);
  const close = async () => {
    await disconnect();
    await execute(server, `DROP DATABASE "${name}" WITH (FORCE)`);
  };
  const serverVersion = await checkServer(connectionString);
  const lost = new Promise<never>(() => undefined);
  return { prisma, statements, connectionString, origin: "embedded", serverVersion, lost, close };
}

async function execute(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
