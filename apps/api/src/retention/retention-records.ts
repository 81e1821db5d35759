import type { PrismaClient } from "../generated/prisma/client.js";

/** Removes what is older than a moment: of each kind at most so many rows at once, so that no table is locked for long. */
export class RetentionRecords {
  constructor(private readonly prisma: PrismaClient) {}

  /**
   * Removes decisions, and viewers of whom nothing else is kept: a viewer that only ever looked is known by its decisions
   * alone.
   *
   * The viewers are locked first, as whoever records a like locks them: a like that is about to be written is waited for,
   * and then seen.
   *
   * @returns how many decisions
   */
  removeDecisions(olderThan: Date, limit: number): Promise<number> {
    return this.prisma.$transaction(async (transaction) => {
      const old = await transaction.coverDecision.findMany({
        where: { decidedAt: { lt: olderThan } },
        orderBy: { decidedAt: "asc" },
        take: limit,
        select: { id: true, userId: true },
      });
      const userIds = [...new Set(old.map(({ userId }) => userId))];
      await transaction.$queryRaw`
        SELECT 1 FROM viewer WHERE id = ANY(${userIds}) ORDER BY id COLLATE "C" FOR UPDATE`;
      await transaction.coverDecision.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } });
      await transaction.viewer.deleteMany({
        where: { id: { in: userIds }, optedOut: false, likes: { none: {} }, decisions: { none: {} } },
      });
      return old.length;
    });
  }

  removeAuditEvents(olderThan: Date, limit: number): Promise<number> {
    return this.prisma.$executeRaw`
      DELETE FROM audit_event WHERE id IN (
        SELECT id FROM audit_event WHERE at < ${olderThan} ORDER BY at LIMIT ${limit} FOR UPDATE SKIP LOCKED)`;
  }

  /** Of imports that have ended. Before the imports themselves: one has more lines than one statement is to remove. */
  removeImportLines(olderThan: Date, limit: number): Promise<number> {
    return this.prisma.$executeRaw`
      DELETE FROM like_import_line WHERE (import_id, line) IN (
        SELECT import_id, line FROM like_import_line JOIN like_import ON like_import.id = import_id
         WHERE finished_at < ${olderThan} LIMIT ${limit} FOR UPDATE OF like_import_line SKIP LOCKED)`;
  }

  /** Imports that have ended, and whose lines are gone. */
  removeImports(olderThan: Date, limit: number): Promise<number> {
    return this.prisma.$executeRaw`
      DELETE FROM like_import WHERE id IN (
        SELECT id FROM like_import WHERE finished_at < ${olderThan}
           AND NOT EXISTS (SELECT FROM like_import_line WHERE import_id = like_import.id)
         LIMIT ${limit} FOR UPDATE SKIP LOCKED)`;
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
