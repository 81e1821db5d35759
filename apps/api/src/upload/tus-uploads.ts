import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { FileConfigstore, FileStore } from "@tus/file-store";
import type { Logger } from "pino";
import { EmptyUploadError, toRefusal } from "./tus-refusal.js";
import { TusServer } from "./tus-server.js";
import type { UploadStore } from "./upload-store.js";

/** Where resumable uploads are made and continued. */
export const TUS_PATH = "/uploads/tus";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const LENGTH = "upload-length";
const UNKNOWN_TYPE = "application/octet-stream";

export interface TusOptions {
  readonly uploads: UploadStore;
  /** How far uploads are, a small file each. */
  readonly stateFolder: string;
  readonly maxBytes: number;
  /** After this an upload that was begun is not to be continued. */
  readonly expireAfterMs: number;
  /** What the address of an upload begins with; empty for one without a host. */
  readonly publicUrl: string;
  readonly log: Logger;
}

/**
 * Resumable uploads by the tus protocol (https://tus.io, version 1). One that is whole becomes an upload like any other,
 * under the last part of its address: its bytes were in their place from the start, and its facts are written at its end.
 */
export class TusUploads {
  readonly #server: TusServer;
  readonly #states: FileConfigstore;
  /** By upload: whoever comes while it is being finished waits for the same. */
  readonly #finishing = new Map<string, Promise<void>>();

  private constructor(private readonly options: TusOptions) {
    const { uploads, stateFolder, maxBytes, expireAfterMs, publicUrl, log } = options;
    this.#states = new FileConfigstore(stateFolder);
    this.#server = new TusServer({
      path: TUS_PATH,
      datastore: new FileStore({
        directory: uploads.folder,
        configstore: this.#states,
        expirationPeriodInMilliseconds: expireAfterMs,
      }),
      maxSize: maxBytes,
      // An admin's key has no place in a browser: without an origin that is allowed, no page of another site gets in.
      allowedOrigins: [],
      namingFunction: () => randomUUID(),
      generateUrl: (_request, { id }) => `${publicUrl}${TUS_PATH}/${id}`,
      getFileIdFromRequest: (_request, last) => (last !== undefined && UUID.test(last) ? last : undefined),
      disableTerminationForFinishedUploads: true,
      // All bytes may be there while they are still being hashed, or a process may have died over that: whoever asks then
      // how far it is would be told that it is whole, and not find it.
      onIncomingRequest: async (request, id) => {
        if (request.headers.get(LENGTH) === "0") throw new EmptyUploadError();
        if (UUID.test(id)) await this.#finish(id);
      },
      onUploadFinish: async (_request, { id }) => {
        await this.#finish(id);
        log.info({ uploadId: id }, "resumable upload is whole");
        return {};
      },
      onResponseError: async (request, error) => {
        const refusal = toRefusal(error, { maxBytes, announcedBytes: await this.#findAnnounced(request) });
        if (refusal !== undefined) return refusal;
        log.error({ err: error }, "a resumable upload failed");
        return { status_code: 500, body: "Something failed inside the service; its log has the cause." };
      },
    });
  }

  /** Also ends what a process did not get to end before it was killed. */
  static async open(options: TusOptions): Promise<TusUploads> {
    await mkdir(options.stateFolder, { recursive: true });
    const tus = new TusUploads(options);
    for (const id of await tus.#listIds()) await tus.#finish(id);
    return tus;
  }

  handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    return this.#server.handle(request, response);
  }

  /** Forgets how far an upload is; an id that is none of ours is forgotten already. */
  async forget(id: string): Promise<void> {
    if (UUID.test(id)) await rm(join(this.options.stateFolder, `${id}.json`), { force: true });
  }

  async #listIds(): Promise<string[]> {
    const names = await readdir(this.options.stateFolder);
    return names.map((name) => name.replace(/\.json$/, "")).filter((id) => UUID.test(id));
  }

  /** How many bytes an upload is to have by what its sender said, now or before. */
  async #findAnnounced({ headers, url }: Pick<Request, "headers" | "url">): Promise<number | undefined> {
    const length = headers.get(LENGTH);
    if (length !== null) return Number(length);
    const id = new URL(url).pathname.split("/").at(-1) ?? "";
    return UUID.test(id) ? (await this.#states.get(id))?.size : undefined;
  }

  #finish(id: string): Promise<void> {
    const finishing = this.#finishing.get(id) ?? this.#makeUpload(id).finally(() => this.#finishing.delete(id));
    this.#finishing.set(id, finishing);
    return finishing;
  }

  /** Makes an upload of what is whole; leaves what is not, and what is one already. */
  async #makeUpload(id: string): Promise<void> {
    const { uploads } = this.options;
    if (await uploads.isWhole(id)) return;
    const state = await this.#states.get(id);
    const facts = await stat(uploads.pathOf(id)).catch(() => undefined);
    if (state === undefined || facts === undefined || facts.size === 0 || facts.size !== state.size) return;
    const hash = createHash("sha256");
    await pipeline(createReadStream(uploads.pathOf(id)), hash);
    const contentType = state.metadata?.["filetype"] ?? UNKNOWN_TYPE;
    await uploads.adopt({
      ...{ id, sha256: hash.digest("hex"), sizeBytes: facts.size, receivedAt: new Date() },
      contentType: contentType.length > 255 ? UNKNOWN_TYPE : contentType,
    });
  }
}
