import { createHash } from "node:crypto";
import { open, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { pipeline } from "node:stream/promises";
import { DEFAULT_PICTURE_LIMITS } from "@facet/frame-extraction";
import { RemoteFileTooLargeError, UrlNotReachableError } from "./errors.js";
import { makeGuardedGet, type GuardedGet, type Network } from "./guarded-get.js";
import { UrlRules } from "./url-rules.js";

const MAX_REDIRECTS = 5;
const IMAGE_WITHIN_MS = 20_000;
const FILE_WITHIN_MS = 2 * 60 * 60 * 1000;
const REDIRECTS: readonly (number | undefined)[] = [301, 302, 303, 307, 308];

export interface DownloadOptions {
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
  /** Told after each piece: bytes so far, and of how many where the other side said so. */
  readonly onProgress?: ((bytes: number, of: number | undefined) => void) | undefined;
}

/** Files behind https addresses of the hosts that are allowed. */
export class RemoteFiles {
  readonly #rules: UrlRules;
  readonly #get: GuardedGet;

  /** @param hosts as HOST_RULE has it; none: every address is refused */
  constructor(hosts: readonly string[], network: Network = {}) {
    this.#rules = new UrlRules(hosts);
    this.#get = makeGuardedGet(network);
  }

  /**
   * Looks at an address without going there.
   *
   * @returns the address as it is kept
   * @throws UrlNotAllowedError
   */
  admit(url: string): string {
    return this.#rules.admit(url).href;
  }

  /**
   * A picture's bytes as they came, at most as many as a picture may have. Whether they are a picture is not looked at.
   *
   * @throws UrlNotAllowedError, UrlNotReachableError, RemoteFileTooLargeError, and the signal's reason
   */
  async fetchImage(url: string, signal?: AbortSignal): Promise<Uint8Array> {
    const { maxBytes } = DEFAULT_PICTURE_LIMITS;
    const pieces: Buffer[] = [];
    await this.#receive(url, { maxBytes, signal }, IMAGE_WITHIN_MS, async (bytes) => {
      for await (const piece of bytes) pieces.push(piece);
    });
    return Buffer.concat(pieces);
  }

  /**
   * Streams a file to a path where none is yet, and hashes it on the way. Leaves no file where it fails.
   *
   * @throws UrlNotAllowedError, UrlNotReachableError, RemoteFileTooLargeError, and the signal's reason
   */
  async download(url: string, path: string, options: DownloadOptions): Promise<{ readonly sha256: string }> {
    const hash = createHash("sha256");
    const file = await open(path, "wx");
    try {
      await this.#receive(url, options, FILE_WITHIN_MS, async (bytes) => {
        const hashed = async function* (): AsyncGenerator<Buffer> {
          for await (const piece of bytes) {
            hash.update(piece);
            yield piece;
          }
        };
        await pipeline(hashed, file.createWriteStream());
      });
      return { sha256: hash.digest("hex") };
    } catch (error) {
      await file.close().catch(() => undefined);
      await rm(path, { force: true });
      throw error;
    }
  }

  async #receive(
    address: string,
    { maxBytes, signal, onProgress }: DownloadOptions,
    withinMs: number,
    keep: (bytes: AsyncIterable<Buffer>) => Promise<void>,
  ): Promise<void> {
    const url = this.#rules.admit(address);
    const tooSlow = AbortSignal.timeout(withinMs);
    const stop = signal === undefined ? tooSlow : AbortSignal.any([signal, tooSlow]);
    try {
      const response = await this.#follow(url, stop);
      await keep(measure(response, url.host, maxBytes, onProgress));
    } catch (error) {
      signal?.throwIfAborted();
      if (tooSlow.aborted) {
        throw new UrlNotReachableError(`${url.host} took longer than ${withinMs / 1000} seconds.`, { cause: error });
      }
      throw isCutOff(error) ? new UrlNotReachableError(`${url.host} cut the file off.`, { cause: error }) : error;
    }
  }

  /** Every stop on the way is looked at like the first. */
  async #follow(start: URL, signal: AbortSignal): Promise<IncomingMessage> {
    let url = start;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      const response = await this.#get(url, signal);
      const { statusCode } = response;
      if (statusCode === 200) return response;
      response.destroy();
      const { location } = response.headers;
      if (!REDIRECTS.includes(statusCode) || location === undefined || !URL.canParse(location, url.href)) {
        throw new UrlNotReachableError(`${url.host} answered with status ${statusCode ?? "none"}.`);
      }
      url = this.#rules.admit(new URL(location, url).href);
    }
    throw new UrlNotReachableError(`${start.host} redirects more than ${MAX_REDIRECTS} times.`);
  }
}

/** Lets the bytes through as long as there are not too many. */
async function* measure(
  response: IncomingMessage,
  host: string,
  maxBytes: number,
  onProgress: DownloadOptions["onProgress"],
): AsyncGenerator<Buffer> {
  const announced = response.headers["content-length"];
  const total = announced === undefined ? undefined : Number(announced);
  try {
    if (total !== undefined && total > maxBytes) throw new RemoteFileTooLargeError(host, maxBytes);
    let bytes = 0;
    for await (const piece of response as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > maxBytes) throw new RemoteFileTooLargeError(host, maxBytes);
      onProgress?.(bytes, total);
      yield piece;
    }
    if (bytes === 0) throw new UrlNotReachableError(`${host} answered with an empty file.`);
  } finally {
    response.destroy();
  }
}

function isCutOff(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ECONNRESET" || code === "ERR_STREAM_PREMATURE_CLOSE";
}
