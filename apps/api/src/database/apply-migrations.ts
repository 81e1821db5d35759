import pg from "pg";
import { MigrationError } from "./errors.js";
import { hasAll } from "./has-all-migrations.js";
import { readMigrations } from "./migration-files.js";
import { SchemaEngine } from "./schema-engine.js";

/** Ours, not the schema engine's own (72707369): who waits for that one gives up after ten seconds, less than a migration may take. */
const MIGRATION_LOCK = 727_073_70;
const LOCK_TIMEOUT = "10min";

/**
 * Applies the migrations that a database lacks, one process at a time.
 *
 * @returns the names of those applied just now
 * @throws MigrationError
 */
export async function applyMigrations(connectionString: string): Promise<string[]> {
  const migrations = await readMigrations();
  const client = new pg.Client({ connectionString, application_name: "facet-migrations" });
  await client.connect();
  try {
    if (await hasAll(client, migrations)) return [];
    await client.query(`SET lock_timeout = '${LOCK_TIMEOUT}'`);
    await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    return await SchemaEngine.use(connectionString, (engine) => engine.applyMigrations(migrations));
  } catch (error) {
    throw new MigrationError(firstLine(error), { cause: error });
  } finally {
    // The lock goes with the connection.
    await client.end().catch(() => undefined);
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "";
}
