import type { PrismaClient } from "../generated/prisma/client.js";
import { likeSelection, type LikedImageRecord } from "./liked-image-records.js";

/** The likes that decide a viewer's covers. */
export interface StoredHistory {
  /** That these likes are of. */
  readonly version: number;
  /** Oldest first. */
  readonly likes: readonly LikedImageRecord[];
}

/**
 * The newest likes of viewers, by viewer: as many statements for all as for one. Each is of one moment. A viewer who is
 * not known, or one of whose likes was removed while it was read, is left out.
 */
export async function readHistories(
  prisma: PrismaClient,
  userIds: readonly string[],
  newest: number,
): Promise<ReadonlyMap<string, StoredHistory>> {
  if (userIds.length === 0) return new Map();
  const viewers = await prisma.$queryRaw<{ id: string; version: number; likes: string[] }[]>`
    SELECT id, history_version AS version, ARRAY(
             SELECT liked_image.id::text FROM liked_image
              WHERE user_id = viewer.id ORDER BY liked_at DESC, liked_image.id DESC LIMIT ${newest}
           ) AS likes
      FROM viewer WHERE id = ANY(${[...new Set(userIds)]})`;
  const ids = viewers.flatMap(({ likes }) => likes);
  const rows = await prisma.likedImage.findMany({ where: { id: { in: ids } }, ...likeSelection });
  const found = new Map(rows.map((like) => [like.id, like]));
  return new Map(
    viewers.flatMap(({ id, version, likes: likeIds }) => {
      const likes = likeIds.toReversed().flatMap((likeId) => found.get(likeId) ?? []);
      return likes.length === likeIds.length ? [[id, { version, likes }] as const] : [];
    }),
  );
}
