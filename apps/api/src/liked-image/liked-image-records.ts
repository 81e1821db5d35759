import { parseImageHash, type ImageHash, type UserId } from "@facet/domain";
import type { LikeSourceKind, Prisma, PrismaClient } from "../generated/prisma/client.js";
import type { PageRequest } from "../graphql/connection.js";
import { isUuid } from "../graphql/is-uuid.js";

const likeSelection = {
  include: { image: { select: { hash: true, width: true, height: true } } },
} as const satisfies Prisma.LikedImageDefaultArgs;

/** A like as it is stored, and its picture without the bytes. */
export type LikedImageRecord = Prisma.LikedImageGetPayload<typeof likeSelection>;

/** A like about to be stored. */
export interface NewLike {
  readonly userId: UserId;
  readonly imageHash: ImageHash;
  readonly sourceKind: LikeSourceKind;
  readonly likedAt: Date;
}

/** Likes in Postgres. Whatever changes a viewer's likes raises the version of its history in the same transaction. */
export class LikedImageRecords {
  constructor(private readonly prisma: PrismaClient) {}

  async findFrameImage(frameId: string): Promise<ImageHash | undefined> {
    if (!isUuid(frameId)) return undefined;
    const frame = await this.prisma.candidateFrame.findUnique({ where: { id: frameId }, select: { imageHash: true } });
    return frame === null ? undefined : parseImageHash(frame.imageHash);
  }

  /** One like per viewer and picture, with the newest of its times. */
  record({ userId, imageHash, sourceKind, likedAt }: NewLike): Promise<LikedImageRecord> {
    return this.prisma.$transaction(async (transaction) => {
      await transaction.viewer.createMany({ data: { id: userId }, skipDuplicates: true });
      await lockViewer(transaction, userId);
      const where = { userId_imageHash: { userId, imageHash } };
      const existing = await transaction.likedImage.findUnique({ where, ...likeSelection });
      if (existing !== null && existing.likedAt >= likedAt) return existing;

      const like = await transaction.likedImage.upsert({
        where,
        create: { userId, imageHash, sourceKind, likedAt },
        update: { likedAt },
        ...likeSelection,
      });
      await raiseHistoryVersion(transaction, userId);
      return like;
    });
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

  list(userId: string, { first, after }: PageRequest): Promise<LikedImageRecord[]> {
    const behind = after && { OR: [{ likedAt: { lt: after.at } }, { likedAt: after.at, id: { lt: after.id } }] };
    return this.prisma.likedImage.findMany({
      where: { userId, ...behind },
      orderBy: [{ likedAt: "desc" }, { id: "desc" }],
      take: first + 1,
      ...likeSelection,
    });
  }

  /** The pictures of a viewer's newest likes, oldest first: the history set of the method. */
  async readHistory(userId: string, newest: number): Promise<ImageHash[]> {
    const likes = await this.prisma.likedImage.findMany({
      where: { userId },
      orderBy: [{ likedAt: "desc" }, { id: "desc" }],
      take: newest,
      select: { imageHash: true },
    });
    return likes.reverse().map((like) => parseImageHash(like.imageHash));
  }
}

/** Whether a row could not be written because what it refers to is gone. */
export function isMissingReference(error: unknown): boolean {
  return (error as { code?: unknown }).code === "P2003";
}

/** Of one viewer, one writer at a time: the row is locked until the end of the transaction. */
async function lockViewer(transaction: Prisma.TransactionClient, userId: UserId): Promise<void> {
  await transaction.$queryRaw`SELECT 1 FROM viewer WHERE id = ${userId} FOR UPDATE`;
}

async function raiseHistoryVersion(transaction: Prisma.TransactionClient, userId: UserId): Promise<void> {
  await transaction.viewer.update({ where: { id: userId }, data: { historyVersion: { increment: 1 } } });
}
