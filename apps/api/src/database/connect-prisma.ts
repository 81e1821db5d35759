import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "../generated/prisma/client.js";

/**
 * A client of the database. Its transactions are given far more time than Prisma's own 2 s to begin and 5 s to end:
 * pictures are encoded in the same process, and a transaction that merely had to wait for its turn is no failure.
 */
export function connectPrisma(connectionString: string): PrismaClient {
  return new PrismaClient({
    adapter: new PrismaPg({ connectionString }),
    transactionOptions: { maxWait: 30_000, timeout: 60_000 },
  });
}
