import { recordAct } from "../audit/record-act.js";
import type { Prisma, PrismaClient, Video } from "../generated/prisma/client.js";
import { settleInput, type Outcome } from "../graphql/user-errors.js";
import type { DerivedImages } from "../image/derived-images.js";
import { forgetGoneImages } from "../image/forget-gone-images.js";
import type { IngestQueue } from "../ingest/ingest-job.js";
import type { Caller } from "../keys/index.js";
import { lockVideo } from "../owner-rule/lock-video.js";
import { removeUnneededUploads } from "../upload/upload-holds.js";
import type { UploadStore } from "../upload/upload-store.js";
import type { VideoSource } from "./video-sources.js";

/** Room for a video with many decisions. */
const DELETE_TIMEOUT_MS = 60_000;

export interface VideoDeletionParts {
  readonly prisma: PrismaClient;
  readonly queue: Pick<IngestQueue, "cancel">;
  readonly uploads: Pick<UploadStore, "remove">;
  readonly derivedImages: Pick<DerivedImages, "forget">;
}

/** What a deleted video leaves outside of the transaction: files, which no rollback brings back. */
interface Leftovers {
  readonly sources: readonly Pick<VideoSource, "sourceKind" | "sourceRef">[];
  readonly imageHashes: readonly string[];
}

/** Deletes videos with all that is kept of them. */
export class VideoDeletion {
  constructor(private readonly parts: VideoDeletionParts) {}

  /**
   * Frames, decisions and a replacement under way go with the video's row, by foreign keys; images that nobody else uses
   * with the frames, by a trigger. Waiting jobs go in the same transaction. An ingest that runs finds the row gone, and ends.
   *
   * @returns the video as it was
   */
  delete(caller: Caller, videoId: string): Promise<Outcome<Video>> {
    return settleInput(async () => {
      const { prisma, uploads, derivedImages } = this.parts;
      const options = { timeout: DELETE_TIMEOUT_MS };
      const { video, leftovers } = await prisma.$transaction(async (transaction) => {
        const found = await lockVideo(transaction, videoId);
        return { video: found, leftovers: await this.#deleteIn(transaction, caller, found) };
      }, options);
      const uploaded = leftovers.sources.filter(({ sourceKind }) => sourceKind === "UPLOAD");
      const uploadIds = uploaded.map(({ sourceRef }) => sourceRef);
      await removeUnneededUploads(prisma, uploadIds, (id) => uploads.remove(id));
      await forgetGoneImages(prisma, derivedImages, leftovers.imageHashes);
      return video;
    });
  }

  async #deleteIn(transaction: Prisma.TransactionClient, caller: Caller, video: Video): Promise<Leftovers> {
    const { id, title, category } = video;
    const frames = await transaction.candidateFrame.findMany({ where: { videoId: id }, select: { imageHash: true } });
    const replacement = await transaction.sourceReplacement.findUnique({ where: { videoId: id } });
    const decisions = await transaction.coverDecision.count({ where: { videoId: id } });
    await recordAct(transaction, caller, {
      ...{ action: "DELETE_VIDEO", videoId: id },
      before: { title, category, frames: frames.length, decisions },
      after: { title: null, category: null, frames: 0, decisions: 0 },
    });
    await this.parts.queue.cancel(transaction, { videoId: id });
    await transaction.video.delete({ where: { id } });
    return {
      sources: replacement === null ? [video] : [video, replacement],
      imageHashes: frames.map(({ imageHash }) => imageHash),
    };
  }
}
