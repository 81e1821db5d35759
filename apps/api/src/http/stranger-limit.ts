import { LRUCache } from "lru-cache";

const WINDOW_MS = 60_000;
/** Addresses that are counted, and keys that are remembered: some megabytes at most. */
const MAX_ADDRESSES = 10_000;
const MAX_KEYS = 10_000;

/**
 * Counts what comes without a key that is known, by the address it comes from, so that whoever tries many keys is refused
 * before any of them is looked up. A key that was known when it came last is looked up all the same: strangers behind the
 * address of others, such as a proxy's, do not take their place.
 */
export class StrangerLimit {
  readonly #requests: LRUCache<string, number>;
  readonly #familiar = new LRUCache<string, true>({ max: MAX_KEYS });

  /** @param now in milliseconds; for tests */
  constructor(
    readonly maxPerMinute: number,
    now: () => number = () => performance.now(),
  ) {
    this.#requests = new LRUCache({ max: MAX_ADDRESSES, ttl: WINDOW_MS, ttlResolution: 0, perf: { now } });
  }

  /**
   * Seconds for which nothing more is taken from an address; undefined where there is room.
   *
   * @param keyHash of the key that came with the request, where one did
   */
  secondsToWait(address: string, keyHash: string | undefined): number | undefined {
    if (keyHash !== undefined && this.#familiar.has(keyHash)) return undefined;
    if ((this.#requests.get(address) ?? 0) < this.maxPerMinute) return undefined;
    return Math.max(1, Math.ceil(this.#requests.getRemainingTTL(address) / 1000));
  }

  noteKnown(keyHash: string): void {
    this.#familiar.set(keyHash, true);
  }

  noteStranger(address: string, keyHash: string | undefined): void {
    // Revoked, perhaps.
    if (keyHash !== undefined) this.#familiar.delete(keyHash);
    const count = this.#requests.get(address) ?? 0;
    // The minute begins with the first of them.
    this.#requests.set(address, count + 1, { noUpdateTTL: count > 0 });
  }
}
