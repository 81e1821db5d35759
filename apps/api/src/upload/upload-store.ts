import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Transform, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { FacetError } from "@facet/domain";
import { z } from "zod";
import { unlessMissing } from "./unless-missing.js";

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const STALE_AFTER_MS = 24 * 60 * 60 * 1000;

const uploadShape = z.object({
  id: z.string(),
  sha256: z.string(),
  sizeBytes: z.number(),
  contentType: z.string(),
  receivedAt: z.coerce.date(),
});

/** Bytes that a caller sent, kept in the data folder. */
export type Upload = Readonly<z.infer<typeof uploadShape>>;

/** Thrown when an upload is larger than what is taken. Nothing is kept of it. */
export class UploadTooLargeError extends FacetError {
  readonly code = "LIMIT_EXCEEDED";
  constructor(maxBytes: number) {
    super(`The upload is larger than ${maxBytes} bytes.`);
  }
}

/** Thrown when an upload ended before all of it came, or holds nothing. Nothing is kept of it. */
export class UploadIncompleteError extends FacetError {
  readonly code = "UPLOAD_INCOMPLETE";
}

/** A file per upload, and beside it a small one of facts: an upload without its facts is one that never ended, and is not there. */
export class UploadStore {
  private constructor(
    /** Holds the bytes of each upload in a file of its id. */
    readonly folder: string,
    private readonly maxBytes: number,
  ) {}

  /** Opens the store, and sweeps up what a killed process left of uploads that never ended. */
  static async open(folder: string, maxBytes: number): Promise<UploadStore> {
    await mkdir(folder, { recursive: true });
    for (const name of await readdir(folder)) {
      if (!name.endsWith(".part")) continue;
      const part = join(folder, name);
      // Another process of the same folder may be receiving it right now.
      const age = Date.now() - (await stat(part).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
      if (age > STALE_AFTER_MS) await rm(part, { force: true });
    }
    return new UploadStore(folder, maxBytes);
  }

  /**
   * Streams the bytes to disk and hashes them on the way.
   *
   * @param expectedBytes what the caller announced; fewer are an upload that was cut off
   * @throws UploadTooLargeError, UploadIncompleteError
   */
  async receive(bytes: Readable, contentType: string, expectedBytes: number | undefined): Promise<Upload> {
    if (expectedBytes !== undefined && expectedBytes > this.maxBytes) throw new UploadTooLargeError(this.maxBytes);
    const id = randomUUID();
    const part = join(this.folder, `${id}.part`);
    const meter = new Meter(this.maxBytes);
    try {
      // Opened before anything can fail: a stream that opens it itself may do so after the clean-up below.
      const file = await open(part, "wx");
      await pipeline(bytes, meter, file.createWriteStream({ flush: true }));
      if (meter.sizeBytes === 0) throw new UploadIncompleteError("The upload is empty.");
      if (expectedBytes !== undefined && meter.sizeBytes !== expectedBytes) {
        throw new UploadIncompleteError(`The upload ended after ${meter.sizeBytes} of ${expectedBytes} bytes.`);
      }
      const upload: Upload = {
        id,
        sha256: meter.sha256(),
        sizeBytes: meter.sizeBytes,
        contentType,
        receivedAt: new Date(),
      };
      await rename(part, this.pathOf(id));
      await this.adopt(upload);
      return upload;
    } catch (error) {
      await Promise.all([part, this.pathOf(id), this.#factsOf(id)].map((file) => rm(file, { force: true })));
      throw isCutOff(error) ? new UploadIncompleteError("The upload was cut off.") : error;
    }
  }

  /** Makes an upload of bytes that are in their place already: from here on it is there. Several may do so at once. */
  async adopt(upload: Upload): Promise<void> {
    // Of each its own: another process of the same folder may be adopting it right now.
    const part = join(this.folder, `${upload.id}.${randomUUID()}.part`);
    await writeFile(part, JSON.stringify(upload), { flush: true });
    await rename(part, this.#factsOf(upload.id));
  }

  /** The upload with this id; undefined where there is none, or the id is none of ours. Who finds it has used it. */
  async find(id: string): Promise<Upload | undefined> {
    if (!ID.test(id)) return undefined;
    await this.#touch(id);
    const facts = await readFile(this.#factsOf(id), "utf8").catch(unlessMissing);
    return facts === undefined ? undefined : uploadShape.parse(JSON.parse(facts));
  }

  /** Whether all of an upload is here. Who asks that has not used it. */
  async isWhole(id: string): Promise<boolean> {
    return ID.test(id) && (await stat(this.#factsOf(id)).catch(unlessMissing)) !== undefined;
  }

  /** Notes that an upload was used: it will not expire for a while. */
  async #touch(id: string): Promise<void> {
    const now = new Date();
    await utimes(this.pathOf(id), now, now).catch(() => undefined);
  }

  /** Uploads, whole or not, that were not used since. */
  async listUnused(since: Date): Promise<string[]> {
    const unused: string[] = [];
    for (const name of await readdir(this.folder)) {
      if (ID.test(name) && (await this.#isUnused(name, since))) unused.push(name);
    }
    return unused;
  }

  /** Whether it was still unused, and is gone now. */
  async removeUnused(id: string, since: Date): Promise<boolean> {
    // Somebody may have begun to use it since it was listed.
    if (!(await this.#isUnused(id, since))) return false;
    // The facts first: without them it is not there.
    for (const file of [this.#factsOf(id), this.pathOf(id)]) await rm(file, { force: true });
    return true;
  }

  async #isUnused(id: string, since: Date): Promise<boolean> {
    const facts = await stat(this.pathOf(id)).catch(() => undefined);
    return facts !== undefined && facts.mtimeMs < since.getTime();
  }

  /** All bytes of an upload; undefined where somebody removed it since it was found. */
  async read(id: string): Promise<Uint8Array | undefined> {
    return readFile(this.pathOf(id)).catch(unlessMissing);
  }

  /** Forgets an upload; one that is not here, or whose id is none of ours, is forgotten already. */
  async remove(id: string): Promise<void> {
    if (!ID.test(id)) return;
    // Its facts first: without them it is not there.
    await rm(this.#factsOf(id), { force: true });
    await rm(this.pathOf(id), { force: true });
  }

  /** Where the bytes of an upload are. */
  pathOf(id: string): string {
    return join(this.folder, id);
  }

  #factsOf(id: string): string {
    return join(this.folder, `${id}.json`);
  }
}

/** Counts and hashes what passes; ends the stream where it is too much. */
class Meter extends Transform {
  readonly #hash = createHash("sha256");
  sizeBytes = 0;

  constructor(private readonly maxBytes: number) {
    super();
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: (error?: Error | null, data?: Buffer) => void,
  ): void {
    this.sizeBytes += chunk.length;
    if (this.sizeBytes > this.maxBytes) {
      done(new UploadTooLargeError(this.maxBytes));
      return;
    }
    this.#hash.update(chunk);
    done(null, chunk);
  }

  sha256(): string {
    return this.#hash.digest("hex");
  }
}

function isCutOff(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ECONNRESET" || code === "ERR_STREAM_PREMATURE_CLOSE";
}
