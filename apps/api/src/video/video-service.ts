import { isDeepStrictEqual } from "node:util";
import { parseVideoId, type VideoId } from "@facet/domain";
import type { Prisma, PrismaClient, Video } from "../generated/prisma/client.js";
import type { RegisterVideoInput, VideoStatus } from "../generated/resolver-types.js";
import { behindPosition, type PageRequest } from "../graphql/connection.js";
import type { JsonObject } from "../graphql/json-object.js";
import { blameField, InputError, settleInput, type Outcome } from "../graphql/user-errors.js";
import { toIngestJob, type IngestQueue } from "../ingest/ingest-job.js";
import { toJsonColumn } from "./metadata-column.js";
import { readCategory, readMetadata, readTitle } from "./video-facts.js";
import { isSameSource, type VideoSource, type VideoSources } from "./video-sources.js";

/** Which videos are listed: those to which everything applies that is given. */
export interface VideoFilter {
  readonly status?: VideoStatus | undefined;
  readonly category?: string | undefined;
}

/** Videos: registered, found, listed. */
export class VideoService {
  constructor(
    private readonly prisma: PrismaClient,
    private readonly queue: Pick<IngestQueue, "enqueue">,
    private readonly sources: Pick<VideoSources, "admit" | "hold">,
  ) {}

  find(id: VideoId): Promise<Video | null> {
    return this.prisma.video.findUnique({ where: { id } });
  }

  /** The newest first; one more than asked for where there are more. */
  list({ first, after }: PageRequest, { status, category }: VideoFilter): Promise<Video[]> {
    const filter = { ...(status && { status }), ...(category !== undefined && { category }) };
    return this.prisma.video.findMany({
      where: { ...filter, ...behindPosition("registeredAt", after) },
      orderBy: [{ registeredAt: "desc" }, { id: "desc" }],
      take: first + 1,
    });
  }

  /** Writes the video's row and puts it into the queue, both or neither. */
  register(input: RegisterVideoInput): Promise<Outcome<Video>> {
    return settleInput(async () => {
      const id = await blameField("id", ["INVALID_ID"], () => parseVideoId(input.id));
      const facts = {
        id,
        title: readTitle(input.title),
        category: readCategory(input.category),
        ...(await this.sources.admit(input.source)),
      };
      const metadata = readMetadata(input.metadata);
      const columns = { ...facts, metadata: toJsonColumn(metadata) };
      return this.prisma.$transaction(async (transaction) => {
        await this.sources.hold(transaction, facts);
        const { count } = await transaction.video.createMany({ data: columns, skipDuplicates: true });
        const isNew = count === 1 || (await reviveFailed(transaction, columns));
        const video = await transaction.video.findUniqueOrThrow({ where: { id } });
        if (isNew) await this.queue.enqueue(transaction, toIngestJob(video, video.revision));
        else refuseOther(video, { ...facts, metadata });
        return video;
      });
    });
  }
}

/** A video whose ingest failed may be registered anew, with the same or another source. Whether there was one. */
async function reviveFailed(
  transaction: Prisma.TransactionClient,
  columns: VideoSource & Pick<Video, "id" | "title" | "category"> & { metadata: ReturnType<typeof toJsonColumn> },
): Promise<boolean> {
  const { count } = await transaction.video.updateMany({
    where: { id: columns.id, status: "FAILED" },
    data: {
      ...{ ...columns, status: "PENDING", failureCode: null, failureMessage: null, revision: { increment: 1 } },
      ...{ ingestStage: "QUEUED", ingestProgress: 0, ingestAttempts: 0 },
    },
  });
  return count === 1;
}

function refuseOther(
  existing: Video,
  asked: VideoSource & Pick<Video, "title" | "category"> & { readonly metadata: JsonObject | null },
): void {
  const differs = (field: string): InputError =>
    new InputError("VIDEO_EXISTS", field, `"${existing.id}" is already registered, with another ${field}.`);
  if (!isSameSource(existing, asked)) throw differs("source");
  if (existing.title !== asked.title) throw differs("title");
  if (existing.category !== asked.category) throw differs("category");
  if (!isDeepStrictEqual(existing.metadata, asked.metadata)) throw differs("metadata");
}
