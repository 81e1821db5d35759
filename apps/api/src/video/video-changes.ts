import type { Prisma, PrismaClient, Video } from "../generated/prisma/client.js";
import type { ReplaceVideoSourceInput, RetryIngestInput, UpdateVideoInput } from "../generated/resolver-types.js";
import { InputError, settleInput, type Outcome } from "../graphql/user-errors.js";
import { toIngestJob, type IngestQueue } from "../ingest/ingest-job.js";
import { lockVideo } from "../owner-rule/lock-video.js";
import { readCategory, readMetadata, readTitle } from "./video-facts.js";
import { toJsonColumn } from "./metadata-column.js";
import type { VideoSources } from "./video-sources.js";

const QUEUED_ANEW = { ingestStage: "QUEUED", ingestProgress: 0, ingestAttempts: 0 } as const;
const NO_FAILURE = { failureCode: null, failureMessage: null } as const;

/** What may become of a video after it was registered. Each change waits for the one before it: the video's row is locked. */
export class VideoChanges {
  constructor(
    private readonly prisma: PrismaClient,
    private readonly queue: Pick<IngestQueue, "enqueue">,
    private readonly sources: Pick<VideoSources, "admit" | "hold">,
  ) {}

  /** Tries the newest ingest again, where it failed. */
  retryIngest({ videoId }: RetryIngestInput): Promise<Outcome<Video>> {
    return this.#change(videoId, async (transaction, { id, status, revision }) => {
      const failed = { videoId: id, failureCode: { not: null } };
      const { count } = await transaction.sourceReplacement.updateMany({ where: failed, data: NO_FAILURE });
      if (status !== "FAILED" && count === 0) {
        throw new InputError("INGEST_NOT_FAILED", "videoId", `The ingest of "${id}" has not failed.`);
      }
      const state = status === "FAILED" ? ({ status: "PENDING", ...NO_FAILURE } as const) : {};
      const video = await transaction.video.update({ where: { id }, data: { ...state, ...QUEUED_ANEW } });
      await this.queue.enqueue(transaction, toIngestJob(video, status === "FAILED" ? revision : revision + 1));
      return video;
    });
  }

  /** A video that is ready keeps its frames until those of the other source are there; one that failed begins anew with it. */
  replaceSource({ videoId, source }: ReplaceVideoSourceInput): Promise<Outcome<Video>> {
    return settleInput(async () => {
      const admitted = await this.sources.admit(source);
      return this.prisma.$transaction(async (transaction) => {
        const video = await lockVideo(transaction, videoId);
        const { id, status } = video;
        const underWay = await transaction.sourceReplacement.count({ where: { videoId: id, failureCode: null } });
        if (status === "PENDING" || status === "PROCESSING" || underWay > 0) {
          const message = `"${id}" is being ingested: ask again when that has ended.`;
          throw new InputError("INGEST_UNDER_WAY", "videoId", message);
        }
        await this.sources.hold(transaction, admitted);
        const revision = video.revision + 1;
        if (status === "READY") {
          const data = { ...admitted, revision, ...NO_FAILURE, requestedAt: new Date() };
          await transaction.sourceReplacement.upsert({
            where: { videoId: id },
            create: { videoId: id, ...data },
            update: data,
          });
        }
        const state = status === "FAILED" ? ({ ...admitted, revision, status: "PENDING", ...NO_FAILURE } as const) : {};
        const changed = await transaction.video.update({ where: { id }, data: { ...state, ...QUEUED_ANEW } });
        await this.queue.enqueue(transaction, toIngestJob(changed, revision));
        return changed;
      });
    });
  }

  /** Changes what is given; null takes a fact away. */
  update({ videoId, title, category, metadata }: UpdateVideoInput): Promise<Outcome<Video>> {
    return this.#change(videoId, (transaction, { id }) => {
      const data: Prisma.VideoUpdateInput = {
        ...(title === undefined ? {} : { title: readTitle(title) }),
        ...(category === undefined ? {} : { category: readCategory(category) }),
        ...(metadata === undefined ? {} : { metadata: toJsonColumn(readMetadata(metadata)) }),
      };
      return transaction.video.update({ where: { id }, data });
    });
  }

  #change(
    videoId: string,
    change: (transaction: Prisma.TransactionClient, video: Video) => Promise<Video>,
  ): Promise<Outcome<Video>> {
    return settleInput(() =>
      this.prisma.$transaction(async (transaction) => change(transaction, await lockVideo(transaction, videoId))),
    );
  }
}
