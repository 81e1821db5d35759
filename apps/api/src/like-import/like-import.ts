import { createReadStream } from "node:fs";
import type { Logger } from "pino";
import type { LikeImport as LikeImportRow } from "../generated/prisma/client.js";
import { InputError, settleInput, type Outcome } from "../graphql/user-errors.js";
import type { LeasedWork, WorkSignals } from "../jobs/index.js";
import type { LikeIntake } from "../liked-image/like-intake.js";
import type { LikedImageRecords } from "../liked-image/liked-image-records.js";
import type { UploadStore } from "../upload/upload-store.js";
import type { LikeImportJob } from "./like-import-job.js";
import type { LikeImportRecords, LineBatch, TakenLine } from "./like-import-records.js";
import { parseLikeLine, type LineLike } from "./parse-like-line.js";
import { NEWLINE, readLines, type FileLine } from "./read-lines.js";
import { Turn } from "./turn.js";

export const MAX_LINES = 100_000;
/** Room for a picture of 10 MB as base64, and what stands around it. */
export const MAX_LINE_BYTES = 15_000_000;
/** Lines that are recorded together: as many, or as many bytes, whichever comes first. */
const BATCH_LINES = 100;
const BATCH_BYTES = 16_000_000;
/** Editors and exports put it before the first line of a file; it is no part of it. */
const BYTE_ORDER_MARK = /^\uFEFF/;
/** A file of pictures on slow hosts can take days, and a job of the queue has hours: it is done in turns. */
const TURN_MS = 60 * 60 * 1000;

export interface LikeImportParts {
  readonly records: LikeImportRecords;
  readonly likes: Pick<LikedImageRecords, "findLiking">;
  readonly intake: Pick<LikeIntake, "take">;
  readonly uploads: Pick<UploadStore, "find" | "pathOf">;
  /** Puts an import back into the queue. */
  readonly postpone: (job: LikeImportJob) => Promise<void>;
  /** Called with uploads that nothing is to be read from any more. */
  readonly discardUploads: (uploadIds: readonly string[]) => Promise<void>;
  readonly log: Logger;
}

/**
 * Records the likes of a file, batch by batch. Each batch is written together with how far the import is, so that whoever
 * takes it over goes on behind the last batch that was written. Of the file no more than a batch is in memory.
 */
export class LikeImport implements LeasedWork<LikeImportJob> {
  constructor(
    private readonly parts: LikeImportParts,
    private readonly turnMs = TURN_MS,
  ) {}

  leaseKey({ importId }: LikeImportJob): string {
    return importId;
  }

  /** What is stopped goes on behind the last batch that was written. At a shutdown, or when its turn is over, that counts as no try. */
  async run({ importId: id }: LikeImportJob, { shutdown, stop }: WorkSignals): Promise<void> {
    const begun = await this.parts.records.begin(id);
    const turn = new Turn(stop, this.turnMs);
    try {
      if (begun !== undefined) await this.#import(begun, turn.signal);
    } catch (error) {
      if (!shutdown.aborted && error !== turn.over) throw error;
      const why = shutdown.aborted ? "the service is shutting down" : "its turn is over";
      this.parts.log.info({ likeImportId: id }, `${why}: the import goes back to the queue`);
      await this.parts.postpone({ importId: id });
      return;
    } finally {
      turn.end();
    }
    await this.#discardFile(id);
  }

  /** Ends an import that was tried often enough. */
  async giveUp({ importId: id }: LikeImportJob): Promise<void> {
    const message = "The service failed more than once while recording this file.";
    await this.parts.records.fail(id, "INTERNAL_ERROR", message);
    await this.#discardFile(id);
  }

  async #import(begun: LikeImportRow, signal: AbortSignal): Promise<void> {
    const { records, uploads, log } = this.parts;
    const { id } = begun;
    const upload = await uploads.find(begun.uploadId);
    if (upload === undefined) {
      await records.fail(id, "SOURCE_NOT_FOUND", "The file that was uploaded is no longer there.");
      return;
    }
    const file = uploads.pathOf(upload.id);
    if (begun.doneBytes === 0n && (await countLines(file)) > MAX_LINES) {
      await records.fail(id, "LIMIT_EXCEEDED", `The file has more than ${MAX_LINES} lines.`);
      return;
    }
    await this.#recordBatches(begun, file, signal);
    await records.finish(id);
    log.info({ likeImportId: id }, "likes are imported");
  }

  /** The file names viewers: it stays no longer than it is read. Tried again with the job, where a worker died in between. */
  async #discardFile(id: string): Promise<void> {
    const uploadId = await this.parts.records.findUploadOfEnded(id);
    if (uploadId !== undefined) await this.parts.discardUploads([uploadId]);
  }

  async #recordBatches(begun: LikeImportRow, file: string, signal: AbortSignal): Promise<void> {
    const from = Number(begun.doneBytes);
    const stream = createReadStream(file, { start: from });
    let line = begun.seenLines;
    let done = from;
    let batch: NumberedLine[] = [];
    const write = async (): Promise<void> => {
      const last = batch.at(-1);
      if (last === undefined) return;
      signal.throwIfAborted();
      const end = from + last.end;
      await this.parts.records.record(begun.id, BigInt(done), await this.#take(batch, end, begun.createdAt, signal));
      done = end;
      batch = [];
    };
    for await (const read of readLines(stream as AsyncIterable<Buffer>, MAX_LINE_BYTES)) {
      line += 1;
      batch.push({ ...read, line, text: line === 1 ? read.text?.replace(BYTE_ORDER_MARK, "") : read.text });
      if (batch.length >= BATCH_LINES || from + read.end - done >= BATCH_BYTES) await write();
    }
    await write();
  }

  async #take(batch: readonly NumberedLine[], doneBytes: number, now: Date, stop: AbortSignal): Promise<LineBatch> {
    const filled = batch.filter(({ text }) => text?.trim() !== "");
    const parsed = await Promise.all(filled.map(async ({ line, text }) => ({ line, outcome: await parse(text) })));
    const likes = parsed.flatMap(({ outcome }) => (outcome.ok ? [outcome.value] : []));
    const viewers = await this.parts.likes.findLiking(likes.map(({ userId }) => userId));
    const taken = (await this.parts.intake.take(likes, now, { stop })).values();
    const lines = parsed.map(({ line, outcome }): TakenLine => {
      if (!outcome.ok) return { line, taken: outcome };
      const like = taken.next().value;
      if (like === undefined) throw new Error("The intake answered for fewer likes than it was given.");
      if (!like.ok)
        return {
          line,
          taken: { ok: false, error: { ...like.error, field: like.error.field?.replace(/^source\./, "") ?? null } },
        };
      return { line, taken: { ok: true, userId: outcome.value.userId, like: like.value } };
    });
    return { lines, viewers, doneBytes, seenLines: batch.at(-1)?.line ?? 0 };
  }
}

type NumberedLine = FileLine & { readonly line: number };

function parse(text: string | undefined): Promise<Outcome<LineLike>> {
  return settleInput(() => {
    if (text === undefined)
      throw new InputError("LIMIT_EXCEEDED", null, `The line is longer than ${MAX_LINE_BYTES} bytes.`);
    return parseLikeLine(text);
  });
}

/** As `readLines` cuts them: what stands behind the last newline is a line, too. */
async function countLines(file: string): Promise<number> {
  let newlines = 0;
  let last = NEWLINE;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, at + 1)) newlines += 1;
    if (newlines > MAX_LINES) break;
    last = chunk.at(-1) ?? last;
  }
  return last === NEWLINE ? newlines : newlines + 1;
}
