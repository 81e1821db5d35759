import { qualityScore, type VideoFacts } from "@facet/frame-extraction";
import type { PrismaClient, Video } from "../generated/prisma/client.js";
import type { VideoFailure } from "../generated/resolver-types.js";
import { packFeature } from "../image/feature-bytes.js";
import type { ImageStore } from "../image/image-store.js";
import type { EncodedFrame } from "./collect-candidates.js";
import type { IngestJob, IngestQueue } from "./ingest-queue.js";

/** Room for the last transaction of an ingest on a slow disk. */
const FINISH_TIMEOUT_MS = 60_000;

/** The states of a video in Postgres. Every change names the revision that it is for: of another source, nothing is touched. */
export class IngestRecords {
  constructor(
    private readonly prisma: PrismaClient,
    private readonly images: ImageStore,
    private readonly queue: Pick<IngestQueue, "enqueue">,
  ) {}

  /** PROCESSING; undefined where there is nothing to do: the video is gone, ready, failed, or has another source. */
  async begin({ videoId, revision }: IngestJob): Promise<Video | undefined> {
    const where = { id: videoId, revision, status: { in: ["PENDING" as const, "PROCESSING" as const] } };
    const [video] = await this.prisma.video.updateManyAndReturn({ where, data: { status: "PROCESSING" } });
    return video;
  }

  /** PENDING again, for the next try. */
  async reopen(job: IngestJob): Promise<void> {
    await this.prisma.video.updateMany({ where: inProcess(job), data: { status: "PENDING" } });
  }

  /** PENDING again, with a new job that begins to count its tries anew. */
  async postpone(job: IngestJob): Promise<void> {
    await this.prisma.$transaction(async (transaction) => {
      const { count } = await transaction.video.updateMany({ where: inProcess(job), data: { status: "PENDING" } });
      if (count > 0) await this.queue.enqueue(transaction, job);
    });
  }

  async fail({ videoId, revision }: IngestJob, { code, message }: VideoFailure): Promise<void> {
    await this.prisma.video.updateMany({
      where: { id: videoId, revision, status: { not: "READY" } },
      data: { status: "FAILED", failureCode: code, failureMessage: message },
    });
  }

  /** READY, together with all frames and features. The pictures are kept before: they may live in another store. */
  async finish(
    job: IngestJob,
    facts: VideoFacts,
    encoderVersion: string,
    frames: readonly EncodedFrame[],
  ): Promise<void> {
    const stored = await this.images.keep(
      frames.map(({ jpeg: bytes, ...frame }) => ({ ...frame, bytes, mime: "image/jpeg" })),
    );
    const hashed = frames.map((frame, position) => ({ frame, imageHash: hashAt(stored, position) }));
    await this.prisma.$transaction(
      async (transaction) => {
        const { durationMs, width, height } = facts;
        const { count } = await transaction.video.updateMany({
          where: inProcess(job),
          data: {
            ...{ status: "READY", readyAt: new Date(), failureCode: null, failureMessage: null },
            ...{ durationMs, width, height, sizeBytes: facts.sizeBytes },
          },
        });
        if (count === 0) throw new Error("The video was taken from this worker.");
        await transaction.feature.createMany({
          data: hashed.map(({ frame, imageHash }) => ({
            imageHash,
            encoderVersion,
            vector: packFeature(frame.feature),
          })),
          skipDuplicates: true,
        });
        await transaction.candidateFrame.deleteMany({ where: { videoId: job.videoId } });
        await transaction.candidateFrame.createMany({
          data: hashed.map(({ frame, imageHash }) => toRow(job.videoId, imageHash, frame)),
        });
      },
      { timeout: FINISH_TIMEOUT_MS },
    );
  }
}

function inProcess({ videoId, revision }: IngestJob) {
  return { id: videoId, revision, status: "PROCESSING" } as const;
}

function toRow(videoId: string, imageHash: string, frame: EncodedFrame) {
  const { index, timestampMs, shot, quality, unsafeScore } = frame;
  // Every measure has a column of its own name.
  return {
    ...{ videoId, imageHash, index, timestampMs, shot },
    ...{ ...quality, qualityScore: qualityScore(quality, unsafeScore), unsafeScore },
  };
}

function hashAt(stored: readonly { readonly hash: string }[], position: number): string {
  const image = stored[position];
  if (image === undefined) throw new Error("The image store kept fewer pictures than it was given.");
  return image.hash;
}
