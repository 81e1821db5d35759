import { parseVideoId } from "@facet/domain";
import type { Prisma, Video } from "../generated/prisma/client.js";
import { blameField, InputError } from "../graphql/user-errors.js";

/**
 * The video that an input names, its row locked until the end of the transaction: of one video, one rule is changed at a
 * time, and no ingest puts other frames in the place of these meanwhile.
 *
 * @throws InputError INVALID_ID, VIDEO_NOT_FOUND
 */
export async function lockVideo(transaction: Prisma.TransactionClient, videoId: string): Promise<Video> {
  const id = await blameField("videoId", ["INVALID_ID"], () => parseVideoId(videoId));
  await transaction.$queryRaw`SELECT 1 FROM video WHERE id = ${id} FOR NO KEY UPDATE`;
  const video = await transaction.video.findUnique({ where: { id } });
  if (video === null) throw new InputError("VIDEO_NOT_FOUND", "videoId", `No video "${id}" is registered.`);
  return video;
}
