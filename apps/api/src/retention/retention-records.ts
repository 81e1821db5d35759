import type { PrismaClient } from "../generated/prisma/client.js";

/** Removes what is older than a moment: of each kind at most so many rows at once, so that no table is locked for long. */
export class RetentionRecords {
  constructor(private readonly prisma: PrismaClient) {}

  /**
   * Removes decisions, and viewers of whom nothing else is kept: a viewer that only ever looked is known by its decisions
   * alone.
   *
   * @returns how many decisions
   */
  removeDecisions(olderThan: Date, limit: number): Promise<number> {
    return this.prisma.$transaction(async (transaction) => {
      const removed = await transaction.$queryRaw<{ userId: string }[]>`
        DELETE FROM cover_decision WHERE id IN (
          SELECT id FROM cover_decision WHERE decided_at < ${olderThan}
           ORDER BY decided_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
        RETURNING user_id AS "userId"`;
      const userIds = [...new Set(removed.map(({ userId }) => userId))];
      await transaction.viewer.deleteMany({
        where: { id: { in: userIds }, optedOut: false, likes: { none: {} }, decisions: { none: {} } },
      });
      return removed.length;
    });
  }

  removeAuditEvents(olderThan: Date, limit: number): Promise<number> {
    return this.prisma.$executeRaw`
      DELETE FROM audit_event WHERE id IN (
        SELECT id FROM audit_event WHERE at < ${olderThan} ORDER BY at LIMIT ${limit} FOR UPDATE SKIP LOCKED)`;
  }

  /** Pictures whose user never came: a like or an ingest that broke off after they were stored. */
  removeUnusedImages(olderThan: Date, limit: number): Promise<number> {
    return this.prisma.$executeRaw`
      DELETE FROM image WHERE hash IN (
        SELECT hash FROM image WHERE stored_at < ${olderThan}
           AND NOT EXISTS (SELECT FROM candidate_frame WHERE image_hash = hash)
           AND NOT EXISTS (SELECT FROM liked_image WHERE image_hash = hash)
         LIMIT ${limit} FOR UPDATE SKIP LOCKED)`;
  }
}
