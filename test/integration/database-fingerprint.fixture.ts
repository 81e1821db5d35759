import { expect } from "vitest";
import type { Facet } from "../../apps/api/src/compose.js";

/** What the service notes by itself while it is asked, whatever it answers: no part of what a caller may change. */
const NOTED_IN_PASSING = /(^|_)(last_used|last_seen)(_at|_on)?$/;

/** Neither the queue's own jobs nor those that the clock puts there. */
const QUEUED_BY_CALLERS = "WHERE name NOT LIKE '\\_\\_pgboss%' AND name <> 'retention'";

/** How many rows a table holds, and a hash of what stands in them, in whatever order. */
export interface TableFingerprint {
  readonly rows: number;
  readonly hash: string;
}

/**
 * The state of every table of the service, by its name; of the queue's, only its jobs. Which tables there are, and which
 * columns, is asked of the database: one that a later migration adds is in it.
 */
export async function fingerprintDatabase({
  prisma,
}: Pick<Facet, "prisma">): Promise<Record<string, TableFingerprint>> {
  const tables = await prisma.$queryRaw<{ table: string; columns: string[] }[]>`
    SELECT table_name AS "table", array_agg(column_name::text ORDER BY ordinal_position) AS "columns"
      FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_type = 'BASE TABLE' AND table_schema = 'public'
     GROUP BY 1 ORDER BY 1`;
  const fingerprints = await Promise.all(
    tables.map(async ({ table, columns }) => {
      const kept = columns.filter((column) => !NOTED_IN_PASSING.test(column));
      return [table, await fingerprint(prisma, quote(table), kept)] as const;
    }),
  );
  // The queue moves its jobs on by itself: which there are is what counts, not how far they are.
  const jobs = await fingerprint(prisma, "pgboss.job", ["id", "name", "data"], QUEUED_BY_CALLERS);
  return Object.fromEntries([...fingerprints, ["pgboss.job", jobs]]);
}

/** Runs what must be refused, and makes sure that it changed no row of any table. */
export async function leavingDatabaseAsItWas<Result>(
  facet: Pick<Facet, "prisma">,
  work: () => Promise<Result>,
): Promise<Result> {
  const before = await fingerprintDatabase(facet);
  const result = await work();
  expect(await fingerprintDatabase(facet)).toEqual(before);
  return result;
}

async function fingerprint(
  prisma: Facet["prisma"],
  table: string,
  columns: readonly string[],
  where = "",
): Promise<TableFingerprint> {
  const row = columns.map(quote).join(", ");
  // Of each row a hash, so that no table is put together in memory as one text.
  const [found] = await prisma.$queryRawUnsafe<TableFingerprint[]>(
    `SELECT count(*)::int AS rows, coalesce(md5(string_agg(hash, '' ORDER BY hash)), '') AS hash
       FROM (SELECT md5(ROW(${row})::text) AS hash FROM ${table} ${where}) AS each_row`,
  );
  return found ?? { rows: 0, hash: "" };
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
