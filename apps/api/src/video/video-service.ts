import { parseVideoId, type VideoId } from "@facet/domain";
import type { Prisma, PrismaClient, Video } from "../generated/prisma/client.js";
import type { RegisterVideoInput, VideoStatus } from "../generated/resolver-types.js";
import type { PageRequest } from "../graphql/connection.js";
import { readText } from "../graphql/text.js";
import { blameField, InputError, settleInput, type Outcome } from "../graphql/user-errors.js";
import type { IngestQueue } from "../ingest/ingest-queue.js";
import { isSameSource, type VideoSource, type VideoSources } from "./video-sources.js";

const MAX_TITLE = 500;
const MAX_CATEGORY = 100;

/** Videos: registered, found, listed. */
export class VideoService {
  constructor(
    private readonly prisma: PrismaClient,
    private readonly queue: Pick<IngestQueue, "enqueue">,
    private readonly sources: VideoSources,
  ) {}

  find(id: VideoId): Promise<Video | null> {
    return this.prisma.video.findUnique({ where: { id } });
  }

  /** The newest first; one more than asked for where there are more. */
  list({ first, after }: PageRequest, status: VideoStatus | undefined): Promise<Video[]> {
    const behind = after && {
      OR: [{ registeredAt: { lt: after.at } }, { registeredAt: after.at, id: { lt: after.id } }],
    };
    return this.prisma.video.findMany({
      where: { ...(status && { status }), ...behind },
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
        title: readText("title", input.title, MAX_TITLE),
        category: readText("category", input.category, MAX_CATEGORY),
        ...(await this.sources.admit(input.source)),
      };
      return this.prisma.$transaction(async (transaction) => {
        const { count } = await transaction.video.createMany({ data: facts, skipDuplicates: true });
        const isNew = count === 1 || (await reviveFailed(transaction, facts));
        const video = await transaction.video.findUniqueOrThrow({ where: { id } });
        if (isNew) await this.queue.enqueue(transaction, { videoId: id, revision: video.revision });
        else refuseOther(video, facts);
        return video;
      });
    });
  }
}

/** A video whose ingest failed may be registered anew, with the same or another source. Whether there was one. */
async function reviveFailed(
  transaction: Prisma.TransactionClient,
  facts: VideoSource & Pick<Video, "id" | "title" | "category">,
): Promise<boolean> {
  const { count } = await transaction.video.updateMany({
    where: { id: facts.id, status: "FAILED" },
    data: { ...facts, status: "PENDING", failureCode: null, failureMessage: null, revision: { increment: 1 } },
  });
  return count === 1;
}

function refuseOther(existing: Video, asked: VideoSource & Pick<Video, "title" | "category">): void {
  const differs = (field: string): InputError =>
    new InputError("VIDEO_EXISTS", field, `"${existing.id}" is already registered, with another ${field}.`);
  if (!isSameSource(existing, asked)) throw differs("source");
  if (existing.title !== asked.title) throw differs("title");
  if (existing.category !== asked.category) throw differs("category");
}
