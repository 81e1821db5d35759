import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "./open-database.js";
import { openTestDatabase } from "./test-database.fixture.js";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test("a value comes back as Prisma gives it, whatever its type", async () => {
  const ask = [database.prisma, database.statements].map(
    (asked) => asked.$queryRaw<object[]>`
      SELECT ${"it's"} || '' AS "text", 7 AS "int", 2::int8 ^ 40 AS "power", (2::int8 << 60) AS "long", 0.1::float8 AS "real",
             true AS "bool", NULL::text AS "nothing", timestamptz '2026-01-02 03:04:05.678+02' AS "time",
             'READY'::video_status AS "choice", '{"a":[1]}'::jsonb AS "json", '\\x00ff'::bytea AS "bytes",
             ARRAY[0.25, 0.5]::float8[] AS "reals", ARRAY[1e-300, -7, 1e21]::float8[] AS "farReals",
             ARRAY[]::float8[] AS "noReals", ARRAY['NaN', NULL, '-Infinity']::float8[] AS "oddReals", ARRAY[]::uuid[] AS "noIds",
             ARRAY[NULL, '0f0f0f0f-0000-4000-8000-000000000000']::uuid[] AS "oddIds", ARRAY['0f0f0f0f-0000-4000-8000-000000000000']::uuid[] AS "ids", ${["a", "b,"]}::text[] AS "texts"`,
  );
  const [[byPrisma], [prepared]] = (await Promise.all(ask)) as [[Record<string, unknown>], [Record<string, unknown>]];
  const bytesOf = (row: Record<string, unknown>) => ({ ...row, bytes: Uint8Array.from(row["bytes"] as Uint8Array) });
  expect(bytesOf(prepared)).toEqual(bytesOf(byPrisma));
});

test("a statement is prepared once, whatever its values", async () => {
  for (const value of [1, 2, 3]) {
    expect(await database.statements.$queryRaw`SELECT ${value}::int AS once`).toEqual([{ once: value }]);
  }
  const prepared = await database.statements.$queryRaw<{ text: string }[]>`
    SELECT statement AS text FROM pg_prepared_statements`;
  expect(prepared.filter(({ text }) => text.endsWith(" AS once"))).toEqual([{ text: "SELECT $1::int AS once" }]);
});

test("a moment goes in as it comes out", async () => {
  const moment = new Date("2026-03-29T01:30:00.123Z");
  expect(await database.statements.$queryRaw`SELECT ${moment}::timestamptz AS moment`).toEqual([{ moment }]);
});
