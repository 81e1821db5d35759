import { applyMigrations } from "./apply-migrations.js";
import { checkServer } from "./check-server.js";
import { connectPrisma } from "./connect-prisma.js";
import { startEmbeddedPostgres } from "./embedded/start-embedded-postgres.js";
import type { EmbeddedPostgresLostError } from "./errors.js";
import type { PrismaClient } from "../generated/prisma/client.js";
import type { PreparedStatements } from "./prepared-statements.js";

export interface DatabaseOptions {
  /** Postgres 15 or newer; without it the embedded one is started in the data folder. */
  readonly databaseUrl?: string | undefined;
  /** Made where it is absent. */
  readonly dataDir: string;
  /** Gets what a person who starts the service may want to know, a line at a time. */
  readonly log: (line: string) => void;
}

/** A Postgres with the present schema. */
export interface Database {
  readonly prisma: PrismaClient;
  readonly statements: PreparedStatements;
  /** For those who need a connection of their own. Holds the password. */
  readonly connectionString: string;
  readonly origin: "embedded" | "external";
  /** Such as `18.4`. */
  readonly serverVersion: string;
  /** Resolves where the embedded server ends though nobody has stopped it: it is not coming back in this process. */
  readonly lost: Promise<EmbeddedPostgresLostError>;
  /** Ends the connections, and the server where it is the embedded one. */
  readonly close: () => Promise<void>;
}

/** Of a server that others run: it may come back. */
const NEVER = new Promise<never>(() => undefined);

/**
 * Starts the embedded Postgres or connects to another, and applies what migrations it lacks. Any number of processes may
 * do so at once on one external server.
 *
 * @throws DataFolderInUseError, EmbeddedPostgresError, DatabaseUnreachableError, PostgresTooOldError, MigrationError
 */
export async function openDatabase({ databaseUrl, dataDir, log }: DatabaseOptions): Promise<Database> {
  const server =
    databaseUrl === undefined
      ? { origin: "embedded" as const, ...(await startEmbeddedPostgres({ dataDir, log })) }
      : { origin: "external" as const, connectionString: databaseUrl, lost: NEVER, stop: () => Promise.resolve() };
  const { origin, connectionString, lost } = server;
  try {
    const serverVersion = await checkServer(connectionString);
    const applied = await applyMigrations(connectionString);
    if (applied.length > 0) log(`Migrations applied: ${applied.join(", ")}.`);
    log(`Postgres ${serverVersion}, ${origin}, is ready.`);
    const { prisma, statements, disconnect } = connectPrisma(connectionString);
    const close = async () => {
      await disconnect();
      await server.stop();
    };
    return { prisma, statements, connectionString, origin, serverVersion, lost, close };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
