import type { PrismaClient } from "../generated/prisma/client.js";

/** Until a statement in this database waits for a lock. */
export async function untilSomebodyWaits(prisma: PrismaClient): Promise<void> {
  for (;;) {
    const [row] = await prisma.$queryRaw<{ waiting: number }[]>`
      SELECT count(*)::int AS waiting FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    if ((row?.waiting ?? 0) > 0) return;
  }
}
