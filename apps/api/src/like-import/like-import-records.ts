import type { UserId } from "@facet/domain";
import type { LikeImport, Prisma, PrismaClient } from "../generated/prisma/client.js";
import type { LikeImportFailureCode, UserError } from "../generated/resolver-types.js";
import { settleInput, type Outcome } from "../graphql/user-errors.js";
import type { LikedImageRecords, NewLike } from "../liked-image/liked-image-records.js";
import { holdLikingViewer, type LikingViewer } from "../liked-image/liking-viewer.js";
import { joinOutcomes } from "../liked-image/liked-image-service.js";

/** Room for the likes of a batch on a slow disk. */
const RECORD_TIMEOUT_MS = 60_000;

/** What a line of a batch came to before it is recorded. */
export interface TakenLine {
  /** From 1. */
  readonly line: number;
  readonly taken:
    | { readonly ok: true; readonly userId: UserId; readonly like: NewLike }
    | { readonly ok: false; readonly error: UserError };
}

/** Lines that are recorded together. */
export interface LineBatch {
  readonly lines: readonly TakenLine[];
  /** Those of its lines, as of the moment before its pictures were taken. */
  readonly viewers: ReadonlyMap<string, LikingViewer>;
  /** Where the first line behind the batch begins, in bytes from the start of the file. */
  readonly doneBytes: number;
  /** All lines up to there, empty ones too. */
  readonly seenLines: number;
}

/** Imports in Postgres. The likes of a batch, what became of its lines, and how far the import is, are written in one transaction. */
export class LikeImportRecords {
  constructor(
    private readonly prisma: PrismaClient,
    private readonly likes: Pick<LikedImageRecords, "recordIn" | "maxPerViewer">,
  ) {}

  /** RUNNING; undefined where there is nothing to do: it is gone, or has ended. */
  async begin(id: string): Promise<LikeImport | undefined> {
    const where = { id, status: { in: ["QUEUED" as const, "RUNNING" as const] } };
    const [begun] = await this.prisma.likeImport.updateManyAndReturn({ where, data: { status: "RUNNING" } });
    return begun;
  }

  /** @param since how far the import was when the batch was read: of another worker's progress nothing is overwritten */
  async record(id: string, since: bigint, { lines, viewers, doneBytes, seenLines }: LineBatch): Promise<void> {
    await this.prisma.$transaction(
      async (transaction) => {
        const byViewer = groupByViewer(lines);
        const held = await holdAll(transaction, [...byViewer.keys()], viewers);
        const outcomes = new Map<number, Outcome<unknown>>();
        for (const [userId, accepted] of byViewer) {
          const likes = accepted.map(({ like }) => like);
          const taken = likes.map((like) => ({ ok: true as const, value: like }));
          const hold = held.get(userId);
          const joined = hold?.ok
            ? joinOutcomes(taken, await this.likes.recordIn(transaction, userId, likes), this.likes.maxPerViewer)
            : likes.map(() => hold);
          accepted.forEach(({ line }, position) =>
            outcomes.set(line, joined[position] ?? { ok: true, value: undefined }),
          );
        }
        const rows = lines.map(({ line, taken }) => {
          const outcome = taken.ok ? (outcomes.get(line) ?? { ok: true, value: undefined }) : taken;
          return { importId: id, line, ...(outcome.ok ? {} : pickError(outcome.error)) };
        });
        await transaction.likeImportLine.createMany({ data: rows });
        const refused = rows.filter((row) => "code" in row).length;
        const { count } = await transaction.likeImport.updateMany({
          where: { id, status: "RUNNING", doneBytes: since },
          data: {
            ...{ doneBytes, seenLines, doneLines: { increment: rows.length } },
            ...{ refused: { increment: refused }, accepted: { increment: rows.length - refused } },
          },
        });
        if (count === 0) throw new Error("The import was taken from this worker.");
      },
      { timeout: RECORD_TIMEOUT_MS },
    );
  }

  async finish(id: string): Promise<void> {
    const data = { status: "DONE", finishedAt: new Date() } as const;
    await this.prisma.likeImport.updateMany({ where: { id, status: "RUNNING" }, data });
  }

  async fail(id: string, failureCode: LikeImportFailureCode, failureMessage: string): Promise<void> {
    const where = { id, status: { in: ["QUEUED" as const, "RUNNING" as const] } };
    const data = { status: "FAILED", failureCode, failureMessage, finishedAt: new Date() } as const;
    await this.prisma.likeImport.updateMany({ where, data });
  }

  /** Undefined where the import is under way, or gone. */
  async findUploadOfEnded(id: string): Promise<string | undefined> {
    const where = { id, status: { in: ["DONE" as const, "FAILED" as const] } };
    return (await this.prisma.likeImport.findFirst({ where, select: { uploadId: true } }))?.uploadId;
  }
}

/**
 * Holds viewers for their likes: all, before the first like is written. Who writes one holds its picture, too, and whoever
 * deletes another viewer of the batch may wait for that with the viewer in hand.
 *
 * @returns of each whether it is held, or why not
 */
async function holdAll(
  transaction: Prisma.TransactionClient,
  userIds: readonly UserId[],
  viewers: LineBatch["viewers"],
): Promise<Map<UserId, Outcome<void>>> {
  const held = new Map<UserId, Outcome<void>>();
  // In one order for everyone: two batches that lock the same viewers in different orders would wait for each other.
  for (const userId of userIds.toSorted((a, b) => (a < b ? -1 : 1))) {
    const viewer = viewers.get(userId);
    if (viewer === undefined) throw new Error("A batch holds a line of a viewer that was not asked for.");
    held.set(userId, await settleInput(() => holdLikingViewer(transaction, viewer)));
  }
  return held;
}

interface AcceptedLine {
  readonly line: number;
  readonly like: NewLike;
}

function groupByViewer(lines: readonly TakenLine[]): Map<UserId, AcceptedLine[]> {
  const groups = new Map<UserId, AcceptedLine[]>();
  for (const { line, taken } of lines) {
    if (!taken.ok) continue;
    const group = groups.get(taken.userId) ?? [];
    group.push({ line, like: taken.like });
    groups.set(taken.userId, group);
  }
  return groups;
}

function pickError({ code, message, field }: UserError) {
  return { code, message, field: field ?? null };
}
