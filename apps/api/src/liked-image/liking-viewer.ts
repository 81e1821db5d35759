import type { UserId } from "@facet/domain";
import { hashUserId } from "../audit/hash-user-id.js";
import type { Prisma, PrismaClient } from "../generated/prisma/client.js";
import { InputError } from "../graphql/user-errors.js";
import { lockOrMakeViewer, lockViewer } from "./lock-viewer.js";

/** Whose likes they are, as of the moment when they were asked for. */
export interface LikingViewer {
  readonly userId: UserId;
  /** When the viewer's row came into being; null where there was none. */
  readonly since: Date | null;
  /** Ids of the audit's events of its deletions until then. What was deleted since does not come back by a like. */
  readonly deletions: readonly string[];
}

/** Of one moment for each, and with as many statements for all as for one. */
export async function findLikingViewers(
  prisma: PrismaClient,
  userIds: readonly UserId[],
): Promise<Map<string, LikingViewer>> {
  const ids = [...new Set(userIds)];
  // Of the column's own type: compared with text, the index would be of no use.
  const viewers = await prisma.$queryRaw<LikingViewer[]>`
    SELECT asked.id AS "userId", viewer.created_at AS since,
           ARRAY(SELECT event.id::text FROM audit_event event
                  WHERE event.user_hash = asked.hash AND event.action = 'DELETE_VIEWER') AS deletions
      FROM unnest(${ids}::text[], ${ids.map(hashUserId)}::bpchar[]) AS asked (id, hash)
      LEFT JOIN viewer ON viewer.id = asked.id`;
  return new Map(viewers.map((viewer) => [viewer.userId, viewer]));
}

/**
 * Locks the viewer's row for likes to be written, and makes it where there is none.
 *
 * Another row than before, or none, does not tell that the viewer was deleted: retention takes away whom nothing is kept of,
 * and another first like makes the row. A deletion is known by its event alone. It is looked for behind the lock, which a
 * deletion holds until its event is there to be seen.
 *
 * @throws InputError VIEWER_DELETED, and nothing is written
 */
export async function holdLikingViewer(
  transaction: Prisma.TransactionClient,
  { userId, since, deletions }: LikingViewer,
): Promise<void> {
  if (since !== null && (await lockViewer(transaction, userId))?.getTime() === since.getTime()) return;
  const { isNew } = await lockOrMakeViewer(transaction, userId);
  const deletion = await transaction.auditEvent.findFirst({
    where: { userHash: hashUserId(userId), action: "DELETE_VIEWER", id: { notIn: [...deletions] } },
    select: { id: true },
  });
  if (deletion === null) return;
  // The transaction may go on with the likes of others.
  if (isNew) await transaction.viewer.delete({ where: { id: userId } });
  const message = "The viewer was deleted while the like was under way: it is not kept.";
  throw new InputError("VIEWER_DELETED", "userId", message);
}
