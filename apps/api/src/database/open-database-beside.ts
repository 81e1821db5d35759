import { findRunningPostgres } from "./embedded/find-running-postgres.js";
import { DataFolderInUseError } from "./errors.js";
import { openDatabase, type Database, type DatabaseOptions } from "./open-database.js";

/**
 * For commands that are run beside the service: where its embedded Postgres is running already, that one is used.
 *
 * @throws what openDatabase throws; DataFolderInUseError where that Postgres is still on its way up
 */
export async function openDatabaseBeside(options: DatabaseOptions): Promise<Database> {
  try {
    return await openDatabase(options);
  } catch (error) {
    if (!(error instanceof DataFolderInUseError)) throw error;
    const databaseUrl = await findRunningPostgres(options.dataDir);
    if (databaseUrl === undefined) throw error;
    return openDatabase({ ...options, databaseUrl });
  }
}
