import { open, mkdir, readdir, readFile, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { randomUUID } from "node:crypto";

const KEY_BYTES = 32;
const SUFFIX = ".records";

/**
 * Rows of numbers on disk, each under a 32-byte key, added to and never changed.
 *
 * Every process that adds writes a file of its own, so two may run at once, and one that is killed in the middle of a
 * row spoils nothing but that row. A file is nothing but rows (key, then `width` little-endian floats), so opening a
 * store is reading its files whole: the rows are views into them.
 */
export class RecordStore {
  readonly #rows = new Map<string, Float32Array>();
  #appending: FileHandle | undefined;

  private constructor(
    private readonly folder: string,
    /** Numbers in a row. */
    readonly width: number,
  ) {}

  static async open(folder: string, width: number): Promise<RecordStore> {
    const store = new RecordStore(folder, width);
    await mkdir(folder, { recursive: true });
    for (const name of (await readdir(folder)).sort()) {
      if (name.endsWith(SUFFIX)) store.#index(await readFile(join(folder, name)));
    }
    return store;
  }

  get size(): number {
    return this.#rows.size;
  }

  /** @param key 64 hex digits */
  get(key: string): Float32Array | undefined {
    return this.#rows.get(key);
  }

  has(key: string): boolean {
    return this.#rows.has(key);
  }

  /** @param key 64 hex digits */
  async append(rows: readonly { readonly key: string; readonly numbers: Float32Array }[]): Promise<void> {
    if (rows.length === 0) return;
    const bytes = Buffer.concat(rows.flatMap(({ key, numbers }) => [this.#checkKey(key), this.#checkRow(numbers)]));
    this.#appending ??= await open(join(this.folder, `${randomUUID()}${SUFFIX}`), "a");
    await this.#appending.appendFile(bytes);
    for (const { key, numbers } of rows) this.#rows.set(key, numbers);
  }

  async close(): Promise<void> {
    await this.#appending?.close();
    this.#appending = undefined;
  }

  #index(file: Buffer): void {
    const rowBytes = KEY_BYTES + this.width * Float32Array.BYTES_PER_ELEMENT;
    // A Buffer may start anywhere in its memory; floats must start at a multiple of four.
    const bytes =
      file.byteOffset % Float32Array.BYTES_PER_ELEMENT === 0 ? file : Buffer.from(new Uint8Array(file).buffer);
    for (let start = 0; start + rowBytes <= bytes.byteLength; start += rowBytes) {
      const key = bytes.toString("hex", start, start + KEY_BYTES);
      this.#rows.set(key, new Float32Array(bytes.buffer, bytes.byteOffset + start + KEY_BYTES, this.width));
    }
  }

  #checkKey(key: string): Buffer {
    const bytes = Buffer.from(key, "hex");
    if (bytes.byteLength !== KEY_BYTES) throw new RangeError(`A key has 64 hex digits, not ${key.length}.`);
    return bytes;
  }

  #checkRow(numbers: Float32Array): Buffer {
    if (numbers.length !== this.width) throw new RangeError(`A row has ${this.width} numbers, not ${numbers.length}.`);
    return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  }
}
