import type { UserId } from "@facet/domain";
import type { Prisma } from "../generated/prisma/client.js";

/** The row of a viewer, locked until the end of the transaction. */
export interface LockedViewer {
  /** When the row came into being. */
  readonly since: Date;
  /** Whether there was none before. */
  readonly isNew: boolean;
}

/**
 * Of one viewer, one writer at a time: the row is locked until the end of the transaction.
 *
 * @returns when the row came into being; undefined where there is none
 */
export async function lockViewer(transaction: Prisma.TransactionClient, userId: UserId): Promise<Date | undefined> {
  const [viewer] = await transaction.$queryRaw<{ since: Date }[]>`
    SELECT created_at AS since FROM viewer WHERE id = ${userId} FOR UPDATE`;
  return viewer?.since;
}

/**
 * As `lockViewer`, and makes the row where there is none: then there is something to wait for, too, for whoever else makes
 * or deletes this viewer at the same moment.
 */
export async function lockOrMakeViewer(transaction: Prisma.TransactionClient, userId: UserId): Promise<LockedViewer> {
  // A row that was inserted just now was never updated or locked: its xmax is 0.
  const [viewer] = await transaction.$queryRaw<LockedViewer[]>`
    INSERT INTO viewer (id) VALUES (${userId})
        ON CONFLICT (id) DO UPDATE SET id = excluded.id
    RETURNING created_at AS since, xmax = 0 AS "isNew"`;
  if (viewer === undefined) throw new Error("A viewer was to be locked or made, and none was answered.");
  return viewer;
}
