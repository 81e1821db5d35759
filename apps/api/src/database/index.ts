export { openDatabase, type Database, type DatabaseOptions } from "./open-database.js";
export { openDatabaseBeside } from "./open-database-beside.js";
export {
  DatabaseUnreachableError,
  DataFolderInUseError,
  EmbeddedPostgresError,
  EmbeddedPostgresLostError,
  MigrationError,
  PostgresTooOldError,
} from "./errors.js";
