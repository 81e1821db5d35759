import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LRUCache } from "lru-cache";
import { unlessMissing } from "../upload/unless-missing.js";

const UNFINISHED = ".part";
/** A file that is used has its time renewed at most this often: the order outlives a restart, and a read costs no write. */
const RENEW_EVERY_MS = 60 * 60 * 1000;

interface Entry {
  readonly bytes: number;
  usedAtMs: number;
}

/** Files in a folder that may go any time: up to a number of bytes, and those that were not used for longest go first. */
export class FileCache {
  readonly #entries: LRUCache<string, Entry>;

  private constructor(
    private readonly folder: string,
    maxBytes: number,
  ) {
    this.#entries = new LRUCache<string, Entry>({
      maxSize: maxBytes,
      sizeCalculation: (entry) => Math.max(1, entry.bytes),
      dispose: (_entry, name, reason) => {
        if (reason !== "set") void this.#removeFile(name);
      },
    });
  }

  /** Opens the cache with what an earlier process left in it. */
  static async open(folder: string, maxBytes: number): Promise<FileCache> {
    await mkdir(folder, { recursive: true });
    const cache = new FileCache(folder, maxBytes);
    const found: (Entry & { readonly name: string })[] = [];
    for (const name of await readdir(folder)) {
      const facts = await stat(join(folder, name)).catch(() => undefined);
      if (facts === undefined) continue;
      if (!name.endsWith(UNFINISHED)) found.push({ name, bytes: facts.size, usedAtMs: facts.mtimeMs });
      // Another process of the same folder may be writing it right now.
      else if (Date.now() - facts.mtimeMs > RENEW_EVERY_MS) await rm(join(folder, name), { force: true });
    }
    found.sort((a, b) => a.usedAtMs - b.usedAtMs);
    for (const { name, bytes, usedAtMs } of found) await cache.#enter(name, { bytes, usedAtMs });
    return cache;
  }

  /** Of the files that were here at the start, and of those that this process wrote. */
  get bytes(): number {
    return this.#entries.calculatedSize;
  }

  /**
   * Of all files in the folder. Those that another process of the same folder wrote since this one opened it are among
   * them, and count there; those that are gone count no more.
   */
  async names(): Promise<string[]> {
    const counted = [...this.#entries.keys()];
    // Somebody may have cleared the data away, folder and all.
    const found = (await readdir(this.folder).catch(unlessMissing)) ?? [];
    const names = new Set(found.filter((name) => !name.endsWith(UNFINISHED)));
    for (const name of counted) if (!names.has(name)) this.#entries.delete(name);
    return [...names];
  }

  /** @param name of letters, digits, `-` and `.` */
  async read(name: string): Promise<Uint8Array | undefined> {
    const entry = this.#entries.get(name);
    if (entry === undefined) return undefined;
    const now = new Date();
    if (now.getTime() - entry.usedAtMs > RENEW_EVERY_MS) {
      entry.usedAtMs = now.getTime();
      await utimes(join(this.folder, name), now, now).catch(() => undefined);
    }
    try {
      return await readFile(join(this.folder, name));
    } catch {
      // Somebody cleared the folder.
      this.#entries.delete(name);
      return undefined;
    }
  }

  /** Puts a whole file there, or none: a reader never sees a part of it, not after a crash either. */
  async write(name: string, bytes: Uint8Array): Promise<void> {
    const part = join(this.folder, `${randomUUID()}${UNFINISHED}`);
    try {
      await writeFile(part, bytes, { flush: true });
      await rename(part, join(this.folder, name));
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
    await this.#enter(name, { bytes: bytes.byteLength, usedAtMs: Date.now() });
  }

  async remove(name: string): Promise<void> {
    this.#entries.delete(name);
    await this.#removeFile(name);
  }

  async #enter(name: string, entry: Entry): Promise<void> {
    this.#entries.set(name, entry);
    // What is larger than all of the cache is not taken in.
    if (!this.#entries.has(name)) await this.#removeFile(name);
  }

  async #removeFile(name: string): Promise<void> {
    await rm(join(this.folder, name), { force: true }).catch(() => undefined);
  }
}
