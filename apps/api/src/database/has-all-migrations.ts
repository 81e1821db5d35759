import { createHash } from "node:crypto";
import type pg from "pg";
import type { Migration } from "./migration-files.js";

interface AppliedMigration {
  readonly name: string;
  readonly checksum: string;
  readonly isWhole: boolean;
}

/**
 * Whether a database has these migrations, each as it is now, and no others: the usual case, in which the schema engine
 * need not be loaded. Whatever is otherwise, also one that failed half-way, is for the engine to judge.
 */
export async function hasAll(client: Pick<pg.Client, "query">, migrations: readonly Migration[]): Promise<boolean> {
  const { rows: tables } = await client.query<{ found: boolean }>(
    "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found",
  );
  if (tables[0]?.found !== true) return false;
  const { rows } = await client.query<AppliedMigration>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AND rolled_back_at IS NULL AS "isWhole"
       FROM _prisma_migrations`,
  );
  const applied = new Map(rows.map((row) => [row.name, row]));
  if (rows.length !== migrations.length) return false;
  return migrations.every(({ name, sql }) => {
    const found = applied.get(name);
    return found?.isWhole === true && found.checksum === checksumOf(sql);
  });
}

/** As the schema engine writes it down. */
function checksumOf(sql: string): string {
  return createHash("sha256").update(sql).digest("hex");
}
