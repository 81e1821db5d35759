import type { PrismaClient } from "../generated/prisma/client.js";

/** Far more than a statement needs to come to a lock, and less than a transaction may last in any test. */
const LONGEST_MS = 10_000;

/**
 * Until a statement in this database waits for a lock, or as many as are told.
 *
 * @throws Error where they do not: without it, whoever waits here would hold what is theirs until the test's own time is up
 */
export async function untilSomebodyWaits(prisma: PrismaClient, statements = 1): Promise<void> {
  const started = performance.now();
  while (performance.now() - started < LONGEST_MS) {
    const [row] = await prisma.$queryRaw<{ waiting: number }[]>`
      SELECT count(*)::int AS waiting FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    if ((row?.waiting ?? 0) >= statements) return;
  }
  throw new Error("Nobody waits for a lock.");
}
