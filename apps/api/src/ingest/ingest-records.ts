import type { VideoFacts } from "@facet/frame-extraction";
import type { Prisma, PrismaClient } from "../generated/prisma/client.js";
import type { VideoFailure } from "../generated/resolver-types.js";
import { insertFeatures } from "../image/insert-features.js";
import type { EncodedFrame } from "./collect-candidates.js";
import { insertFrames } from "./insert-frames.js";
import type { StageUnderWay } from "./ingest-progress.js";
import type { IngestJob, IngestQueue } from "./ingest-job.js";
import type { IngestPictures } from "./ingest-pictures.js";
import type { IngestTarget } from "./ingest-target.js";

/** Room for the last transaction of an ingest on a slow disk. */
const FINISH_TIMEOUT_MS = 60_000;
const QUEUED = { ingestStage: "QUEUED", ingestProgress: 0 } as const;

/**
 * The states of a video in Postgres. Every change names the revision that it is for: of another source, nothing is
 * touched. A first source is of the video's own revision; one that is to replace it is of the next, and is kept apart
 * until its frames are there, so that the video is READY all the while.
 */
export class IngestRecords {
  constructor(
    private readonly prisma: PrismaClient,
    private readonly queue: Pick<IngestQueue, "enqueue">,
  ) {}

  /** What is to be ingested; undefined where there is nothing to do: the video is gone, ready, failed, or has another source. */
  async begin(job: IngestJob): Promise<IngestTarget | undefined> {
    const begun = { ingestStage: "FETCHING", ingestProgress: 0, ingestAttempts: { increment: 1 } } as const;
    const where = { ...firstOf(job), status: { in: ["PENDING" as const, "PROCESSING" as const] } };
    const data = { status: "PROCESSING", ...begun } as const;
    const [video] = await this.prisma.video.updateManyAndReturn({ where, data });
    if (video !== undefined) return { kind: "FIRST", source: video };

    const source = await this.prisma.sourceReplacement.findFirst({ where: replacementOf(job) });
    if (source === null) return undefined;
    const { count } = await this.prisma.video.updateMany({ where: beforeReplacement(job), data: begun });
    return count === 1 ? { kind: "REPLACEMENT", source } : undefined;
  }

  /** Where the ingest is, and whether it still is to be. Under a lease only one worker writes this. */
  async note(job: IngestJob, stage: StageUnderWay, progress: number): Promise<boolean> {
    const where = { OR: [inProcess(job), beforeReplacement(job)], ingestStage: { not: "DONE" as const } };
    const { count } = await this.prisma.video.updateMany({
      where,
      data: { ingestStage: stage, ingestProgress: progress },
    });
    return count > 0;
  }

  /** Whether what the job makes is still to be kept: not where the video is gone, or has another source. */
  async isWanted(job: IngestJob): Promise<boolean> {
    return (await this.prisma.video.count({ where: { OR: [inProcess(job), beforeReplacement(job)] } })) > 0;
  }

  /** In the queue again, for the next try. */
  async reopen(job: IngestJob): Promise<void> {
    await requeue(this.prisma, job, {});
  }

  /** In the queue again, with a new job that begins to count its tries anew. */
  async postpone(job: IngestJob): Promise<void> {
    await this.prisma.$transaction(async (transaction) => {
      const isWanted = await requeue(transaction, job, { ingestAttempts: { decrement: 1 } });
      if (isWanted) await this.queue.enqueue(transaction, job);
    });
  }

  /** FAILED; a video whose source was to be replaced stays READY with the source that it has. */
  async fail(job: IngestJob, { code, message }: VideoFailure): Promise<void> {
    const failure = { failureCode: code, failureMessage: message };
    await this.prisma.$transaction([
      this.prisma.video.updateMany({
        where: { ...firstOf(job), status: { not: "READY" } },
        data: { status: "FAILED", ...failure },
      }),
      this.prisma.sourceReplacement.updateMany({ where: replacementOf(job), data: failure }),
    ]);
  }

  /** READY, together with all frames and features. The pictures are kept before: they may live in another store. */
  async finish(
    job: IngestJob,
    target: IngestTarget,
    facts: VideoFacts,
    encoderVersion: string,
    pictures: IngestPictures,
    frames: readonly EncodedFrame[],
  ): Promise<void> {
    const stored = await pictures.keep(frames);
    const hashed = frames.map((frame, position) => ({ frame, imageHash: hashAt(stored, position) }));
    const features = hashed.map(({ frame: { feature }, imageHash }) => ({ imageHash, feature }));
    await this.prisma.$transaction(
      async (transaction) => {
        await makeReady(transaction, job, target, facts);
        await insertFeatures(transaction, encoderVersion, features);
        await transaction.candidateFrame.deleteMany({ where: { videoId: job.videoId } });
        await insertFrames(transaction, job.videoId, hashed);
      },
      { timeout: FINISH_TIMEOUT_MS },
    );
  }
}

async function makeReady(
  transaction: Prisma.TransactionClient,
  job: IngestJob,
  { kind, source }: IngestTarget,
  { durationMs, width, height, sizeBytes }: VideoFacts,
): Promise<void> {
  const { revision } = job;
  const { sourceKind, sourceRef, sourceHash } = source;
  const isFirst = kind === "FIRST";
  const { count } = await transaction.video.updateMany({
    where: isFirst ? inProcess(job) : beforeReplacement(job),
    data: {
      ...{ status: "READY", readyAt: new Date(), failureCode: null, failureMessage: null },
      ...{ durationMs, width, height, sizeBytes, ingestStage: "DONE", ingestProgress: 1 },
      ...(isFirst ? {} : { sourceKind, sourceRef, sourceHash, revision }),
    },
  });
  const where = replacementOf(job);
  const replaced = isFirst ? 1 : (await transaction.sourceReplacement.deleteMany({ where })).count;
  if (count === 0 || replaced === 0) throw new Error("The video was taken from this worker.");
}

/** Whether there still is something to do for the job. */
async function requeue(
  database: Pick<Prisma.TransactionClient, "video" | "sourceReplacement">,
  job: IngestJob,
  change: Prisma.VideoUpdateManyMutationInput,
): Promise<boolean> {
  const data = { ...QUEUED, ...change };
  const first = await database.video.updateMany({ where: inProcess(job), data: { ...data, status: "PENDING" } });
  if (first.count > 0) return true;
  if ((await database.sourceReplacement.count({ where: replacementOf(job) })) === 0) return false;
  return (await database.video.updateMany({ where: beforeReplacement(job), data })).count > 0;
}

/** The video with the source of the job. */
function firstOf({ videoId: id, registeredAt, revision }: IngestJob) {
  return { id, registeredAt: new Date(registeredAt), revision };
}

function inProcess(job: IngestJob) {
  return { ...firstOf(job), status: "PROCESSING" } as const;
}

/** The source of the job where it is to replace another. */
function replacementOf({ videoId, registeredAt, revision }: IngestJob) {
  return { videoId, revision, failureCode: null, video: { registeredAt: new Date(registeredAt) } };
}

/** The video that is ready with the source before the one of the job. */
function beforeReplacement(job: IngestJob) {
  return { ...firstOf(job), revision: job.revision - 1, status: "READY" } as const;
}

function hashAt(stored: readonly { readonly hash: string }[], position: number): string {
  const image = stored[position];
  if (image === undefined) throw new Error("The image store kept fewer pictures than it was given.");
  return image.hash;
}
