import { FacetError } from "@facet/domain";

/** Thrown when the configured Postgres does not let us in, or is not there. Names its address, never the password. */
export class DatabaseUnreachableError extends FacetError {
  readonly code = "DATABASE_UNREACHABLE";
  constructor(
    /** `host:port/database` */
    readonly address: string,
    readonly reason: string,
  ) {
    super(`The Postgres at ${address} cannot be used: ${reason}.`);
  }
}

/** Thrown when the configured Postgres is older than what the migrations need. */
export class PostgresTooOldError extends FacetError {
  readonly code = "POSTGRES_TOO_OLD";
  constructor(
    readonly found: string,
    readonly needed: number,
  ) {
    super(`The Postgres of DATABASE_URL is version ${found}; ${needed} or newer is needed.`);
  }
}

/** Thrown when migrations cannot be applied: one failed before, or the database is not the one they were made for. */
export class MigrationError extends FacetError {
  readonly code = "MIGRATION_FAILED";
  constructor(reason: string, options?: ErrorOptions) {
    super(`The database could not be brought to the present schema: ${reason}`, options);
  }
}

/** Thrown when another process runs its embedded Postgres in the same data folder. */
export class DataFolderInUseError extends FacetError {
  readonly code = "DATA_FOLDER_IN_USE";
  constructor(
    /** The process that holds it; undefined where it did not say in time. */
    readonly holder: { readonly pid: number; readonly since: string } | undefined,
  ) {
    const who = holder ? `process ${holder.pid}, since ${holder.since}` : "another process";
    super(
      `The data folder is in use by ${who}. Stop that one, or give this one a folder of its own (FACET_DATA_DIR) ` +
        "or a Postgres for both (DATABASE_URL).",
    );
  }
}

/** Thrown when the embedded Postgres cannot be had on this machine or does not start. */
export class EmbeddedPostgresError extends FacetError {
  readonly code = "EMBEDDED_POSTGRES";
  constructor(reason: string, options?: ErrorOptions) {
    super(
      `The embedded Postgres cannot be used: ${reason} With DATABASE_URL another Postgres takes its place.`,
      options,
    );
  }
}

/** Says that the embedded Postgres ended while it was in use, and nobody had stopped it. */
export class EmbeddedPostgresLostError extends FacetError {
  readonly code = "EMBEDDED_POSTGRES_LOST";
  /** @param how such as `by SIGKILL` */
  constructor(how: string) {
    super(`The embedded Postgres ended ${how}, though nobody stopped it. It recovers when it is started again.`);
  }
}
