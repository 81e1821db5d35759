import { parseImageHash, type ImageHash, type UserId } from "@facet/domain";
import type { LikeSourceKind, Prisma, PrismaClient } from "../generated/prisma/client.js";
import { isUuid } from "../graphql/is-uuid.js";
import { findLikingViewers, holdLikingViewer, type LikingViewer } from "./liking-viewer.js";
import { lockViewer } from "./lock-viewer.js";

/** What is read of a like, and of its picture without the bytes. */
export const likeSelection = {
  include: { image: { select: { hash: true, width: true, height: true } } },
} as const satisfies Prisma.LikedImageDefaultArgs;

/** A like as it is stored, and its picture without the bytes. */
export type LikedImageRecord = Prisma.LikedImageGetPayload<typeof likeSelection>;

/** A like about to be stored, of a picture that is. */
export interface NewLike {
  readonly imageHash: ImageHash;
  readonly sourceKind: LikeSourceKind;
  readonly likedAt: Date;
}

/** Room for the likes of a whole bulk on a slow disk. */
const RECORD_TIMEOUT_MS = 30_000;

/** Likes in Postgres. Whatever changes a viewer's likes raises the version of its history in the same transaction. */
export class LikedImageRecords {
  /** @param maxPerViewer the newest that are kept of a viewer; older ones go as newer ones come */
  constructor(
    private readonly prisma: PrismaClient,
    readonly maxPerViewer: number,
  ) {}

  /** The pictures of candidate frames, by the frames' ids in lower case. */
  async findFrameImages(frameIds: readonly string[]): Promise<Map<string, ImageHash>> {
    const ids = new Set(frameIds.filter(isUuid).map((id) => id.toLowerCase()));
    if (ids.size === 0) return new Map();
    const where = { id: { in: [...ids] } };
    const frames = await this.prisma.candidateFrame.findMany({ where, select: { id: true, imageHash: true } });
    return new Map(frames.map((frame) => [frame.id, parseImageHash(frame.imageHash)]));
  }

  /** The moment of the oldest like of a viewer whose list is full; undefined where there is room. */
  async findOldestOfFull(userId: UserId): Promise<Date | undefined> {
    const [oldest] = await this.prisma.likedImage.findMany({
      where: { userId },
      orderBy: [{ likedAt: "desc" }, { id: "desc" }],
      skip: this.maxPerViewer - 1,
      take: 1,
      select: { likedAt: true },
    });
    return oldest?.likedAt;
  }

  /** What likes of these viewers are to be recorded with: asked for before their pictures are taken. */
  findLiking(userIds: readonly UserId[]): Promise<Map<string, LikingViewer>> {
    return findLikingViewers(this.prisma, userIds);
  }

  /**
   * Of each like, in the order given, what is stored of it; undefined where the viewer's list is full of newer ones.
   *
   * @throws InputError VIEWER_DELETED, and nothing is written
   */
  record(viewer: LikingViewer, likes: readonly NewLike[]): Promise<(LikedImageRecord | undefined)[]> {
    const work = async (transaction: Prisma.TransactionClient) => {
      await holdLikingViewer(transaction, viewer);
      return this.recordIn(transaction, viewer.userId, likes);
    };
    return this.prisma.$transaction(work, { timeout: RECORD_TIMEOUT_MS });
  }

  /**
   * As `record`, in a transaction of the caller's that holds the viewer. One like per viewer and picture, with the newest of
   * its times.
   */
  async recordIn(
    transaction: Prisma.TransactionClient,
    userId: UserId,
    likes: readonly NewLike[],
  ): Promise<(LikedImageRecord | undefined)[]> {
    const newest = newestOfEach(likes);
    const where = { userId, imageHash: { in: [...newest.keys()] } };
    const existing = await transaction.likedImage.findMany({ where, select: { imageHash: true, likedAt: true } });
    const timeOf = new Map(existing.map((like) => [like.imageHash, like.likedAt]));

    const added = [...newest.values()].filter((like) => !timeOf.has(like.imageHash));
    await transaction.likedImage.createMany({ data: added.map((like) => ({ userId, ...like })) });
    const renewed = [...newest.values()].filter((like) => (timeOf.get(like.imageHash) ?? like.likedAt) < like.likedAt);
    await renewTimes(transaction, userId, renewed);
    if (added.length > 0) await this.#dropOldest(transaction, userId);
    if (added.length + renewed.length > 0) await raiseHistoryVersion(transaction, userId);

    const stored = await transaction.likedImage.findMany({ where, ...likeSelection });
    const found = new Map<string, LikedImageRecord>(stored.map((like) => [like.imageHash, like]));
    return likes.map((like) => found.get(like.imageHash));
  }

  async #dropOldest(transaction: Prisma.TransactionClient, userId: UserId): Promise<void> {
    const { maxPerViewer } = this;
    await transaction.$executeRaw`
      DELETE FROM liked_image WHERE id IN (
        SELECT id FROM liked_image WHERE user_id = ${userId}
         ORDER BY liked_at DESC, id DESC OFFSET ${maxPerViewer})`;
  }

  /** The like that was removed; undefined where this viewer has none with this id. */
  async remove(userId: UserId, likeId: string): Promise<LikedImageRecord | undefined> {
    if (!isUuid(likeId)) return undefined;
    return this.prisma.$transaction(async (transaction) => {
      await lockViewer(transaction, userId);
      const like = await transaction.likedImage.findFirst({ where: { id: likeId, userId }, ...likeSelection });
      if (like === null) return undefined;
      const { count } = await transaction.likedImage.deleteMany({ where: { id: likeId, userId } });
      // Who asks the same at the same moment may have been first.
      if (count === 0) return undefined;
      await raiseHistoryVersion(transaction, userId);
      return like;
    });
  }
}

/** The same picture more than once in one call is one like. */
function newestOfEach(likes: readonly NewLike[]): Map<string, NewLike> {
  const newest = new Map<string, NewLike>();
  for (const like of likes) {
    const known = newest.get(like.imageHash);
    if (known === undefined || known.likedAt < like.likedAt) newest.set(like.imageHash, like);
  }
  return newest;
}

async function renewTimes(
  transaction: Prisma.TransactionClient,
  userId: UserId,
  likes: readonly NewLike[],
): Promise<void> {
  if (likes.length === 0) return;
  const hashes = likes.map((like) => like.imageHash);
  const times = likes.map((like) => like.likedAt);
  await transaction.$executeRaw`
    UPDATE liked_image SET liked_at = renewed.liked_at
      FROM unnest(${hashes}::text[], ${times}::timestamptz[]) AS renewed (image_hash, liked_at)
     WHERE user_id = ${userId} AND liked_image.image_hash = renewed.image_hash`;
}

async function raiseHistoryVersion(transaction: Prisma.TransactionClient, userId: UserId): Promise<void> {
  await transaction.viewer.update({ where: { id: userId }, data: { historyVersion: { increment: 1 } } });
}
