/**
 * Keys of 0 up to a limit, at most so many at once, the least recently used going first: what a cache is to a model of it.
 * A ring of neighbours in two arrays: a Map's order would do, but is slow where keys come and go by the million.
 */
export class LeastRecentlyUsed {
  readonly #older: Int32Array;
  readonly #newer: Int32Array;
  /** Stands between the newest and the oldest key. */
  readonly #seam: number;
  #size = 0;

  constructor(
    private readonly room: number,
    keys: number,
  ) {
    this.#older = new Int32Array(keys + 1).fill(-1);
    this.#newer = new Int32Array(keys + 1).fill(-1);
    this.#seam = keys;
    this.#older[keys] = keys;
    this.#newer[keys] = keys;
  }

  get size(): number {
    return this.#size;
  }

  /** Whether it was there; from now on it is. */
  touch(key: number): boolean {
    const wasThere = this.drop(key);
    const newest = this.#older[this.#seam] ?? this.#seam;
    this.#older[key] = newest;
    this.#newer[key] = this.#seam;
    this.#newer[newest] = key;
    this.#older[this.#seam] = key;
    this.#size += 1;
    if (this.#size > this.room) this.drop(this.#newer[this.#seam] ?? this.#seam);
    return wasThere;
  }

  /** Whether it was there. */
  drop(key: number): boolean {
    const [older, newer] = [this.#older[key] ?? -1, this.#newer[key] ?? -1];
    if (older < 0) return false;
    this.#newer[older] = newer;
    this.#older[newer] = older;
    this.#older[key] = -1;
    this.#newer[key] = -1;
    this.#size -= 1;
    return true;
  }
}
