import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "../generated/prisma/client.js";
import { PreparedStatements } from "./prepared-statements.js";

/** Two ways to ask the same database, over the same connections. */
export interface DatabaseClients {
  readonly prisma: PrismaClient;
  /** For what is asked with every request. */
  readonly statements: PreparedStatements;
  /** Ends the connections of both. */
  readonly disconnect: () => Promise<void>;
}

/** For a connection, or for its turn to have one: as long as a transaction waits for it. */
const CONNECT_WITHIN_MS = 30_000;

/**
 * Clients of the database. Prisma's transactions are given far more time than its own 2 s to begin and 5 s to end:
 * pictures are encoded in the same process, and a transaction that merely had to wait for its turn is no failure.
 */
export function connectPrisma(connectionString: string): DatabaseClients {
  const pool = new pg.Pool({ connectionString, connectionTimeoutMillis: CONNECT_WITHIN_MS });
  // A connection that ends while nobody uses it is no failure: the next who asks gets another.
  pool.on("error", () => undefined);
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool),
    transactionOptions: { maxWait: 30_000, timeout: 60_000 },
  });
  const disconnect = async () => {
    await prisma.$disconnect();
    await pool.end();
  };
  return { prisma, statements: new PreparedStatements(pool), disconnect };
}
