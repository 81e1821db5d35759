import type { Prisma, PrismaClient } from "../generated/prisma/client.js";

/** Where a viewer stands among all, the youngest first. */
export interface ViewerPlace {
  readonly createdAt: Date;
  readonly id: string;
}

/** What a batch of viewers came to. */
export interface ViewersLookedAt {
  readonly removed: number;
  /** Where the next batch begins; undefined where there is none. */
  readonly last: ViewerPlace | undefined;
}

/** Removes what is older than a moment: of each kind at most so many rows at once, so that no table is locked for long. */
export class RetentionRecords {
  constructor(private readonly prisma: PrismaClient) {}

  /**
   * Removes decisions, and viewers of whom nothing else is kept: a viewer that only ever looked is known by its decisions
   * alone.
   *
   * The viewers are locked first, as whoever records a like locks them: a like that is about to be written is waited for,
   * and then seen. One whose picture is still on its way makes the viewer's row again.
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
      await removeEmpty(transaction, { id: { in: userIds } });
      return old.length;
    });
  }

  /**
   * Looks at the next viewers and removes those of whom nothing is kept, though no decision of theirs grew old: it went
   * with its video, or the likes were removed one by one.
   *
   * Goes from place to place, with two look-ups in an index for each viewer: asked for the empty ones alone, the database
   * would read all decisions for every batch. Whoever is about to write holds the viewer: it is passed over. What was
   * written before the lock was had is seen behind it.
   *
   * @param behind where the last batch ended; at first the moment before which viewers are old, and no id
   */
  async removeEmptyViewers(behind: ViewerPlace, limit: number): Promise<ViewersLookedAt> {
    const viewers = await this.prisma.$queryRaw<(ViewerPlace & { readonly isEmpty: boolean })[]>`
      SELECT id, created_at AS "createdAt",
             NOT EXISTS (SELECT FROM liked_image WHERE user_id = viewer.id)
             AND NOT EXISTS (SELECT FROM cover_decision WHERE user_id = viewer.id) AS "isEmpty"
        FROM (SELECT id, created_at FROM viewer
               WHERE NOT opted_out AND (created_at, id) < (${behind.createdAt}, ${behind.id})
               ORDER BY created_at DESC, id DESC LIMIT ${limit}) viewer
       ORDER BY created_at DESC, id DESC`;
    const empty = viewers.filter(({ isEmpty }) => isEmpty).map(({ id }) => id);
    const last = viewers.length < limit ? undefined : viewers.at(-1);
    if (empty.length === 0) return { removed: 0, last };
    const removed = await this.prisma.$transaction(async (transaction) => {
      const locked = await transaction.$queryRaw<{ readonly id: string }[]>`
        SELECT id FROM viewer WHERE id = ANY(${empty}) FOR UPDATE SKIP LOCKED`;
      // One that was deleted and has come again is young.
      return removeEmpty(transaction, {
        id: { in: locked.map(({ id }) => id) },
        createdAt: { lte: behind.createdAt },
      });
    });
    return { removed, last };
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

/** Of these viewers, which are locked, those of whom nothing is kept. */
async function removeEmpty(transaction: Prisma.TransactionClient, among: Prisma.ViewerWhereInput): Promise<number> {
  const where = { ...among, optedOut: false, likes: { none: {} }, decisions: { none: {} } };
  return (await transaction.viewer.deleteMany({ where })).count;
}
