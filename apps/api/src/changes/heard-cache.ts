import { LRUCache } from "lru-cache";
import type { ChangeFeed, ChangeKind } from "./change-feed.js";

export interface HeardCacheOptions<Value> {
  readonly kind: ChangeKind;
  /** 0 keeps nothing. */
  readonly maxBytes: number;
  /** An estimate, at least 1. */
  readonly bytesOf: (value: Value) => number;
  /** After which a value is read anew even if nothing was heard; default: never. */
  readonly keptMs?: number;
}

/** One look into the database, during which changes are noted: what has changed meanwhile is not kept. */
export interface Reading<Value> {
  /** @returns what is kept from now on: the value, or the one that is kept already; undefined where none is */
  readonly keep: (id: string, value: Value) => Value | undefined;
  readonly end: () => void;
}

/**
 * What was read from the database, for as long as the change feed vouches for it: at most so many bytes, the least
 * recently used going first. While the feed is not current nothing is given out; when it is lost, everything goes.
 */
export class HeardCache<Value extends object> {
  readonly #kept: LRUCache<string, Value> | undefined;
  readonly #open = new Set<OpenReading>();

  constructor(
    private readonly feed: Pick<ChangeFeed, "isCurrent" | "isListening" | "subscribe">,
    { kind, maxBytes, bytesOf, keptMs = 0 }: HeardCacheOptions<Value>,
  ) {
    if (maxBytes === 0) return;
    this.#kept = new LRUCache({ maxSize: maxBytes, sizeCalculation: bytesOf, ttl: keptMs });
    feed.subscribe({
      changed: (changed, id) => {
        if (changed !== kind) return;
        if (id === undefined) this.#dropAll();
        else this.#drop(id);
      },
      lost: () => this.#dropAll(),
    });
  }

  get(id: string): Value | undefined {
    return this.feed.isCurrent() ? this.#kept?.get(id) : undefined;
  }

  /** Before the question is sent: what is announced from here on may be missing in the answer. */
  begin(): Reading<Value> {
    const reading: OpenReading = { changed: new Set(), isSpoiled: !this.feed.isListening() };
    this.#open.add(reading);
    return {
      keep: (id, value) => {
        if (reading.isSpoiled || reading.changed.has(id)) return undefined;
        const known = this.#kept?.get(id);
        if (known === undefined) this.#kept?.set(id, value);
        return known ?? this.#kept?.peek(id);
      },
      end: () => void this.#open.delete(reading),
    };
  }

  /** For a value that has grown: it takes more room by now. */
  measureAnew(id: string): void {
    const value = this.#kept?.peek(id);
    if (value === undefined) return;
    // Set on itself, a value is not measured.
    this.#kept?.delete(id);
    this.#kept?.set(id, value);
  }

  #drop(id: string): void {
    this.#kept?.delete(id);
    for (const reading of this.#open) reading.changed.add(id);
  }

  #dropAll(): void {
    this.#kept?.clear();
    for (const reading of this.#open) reading.isSpoiled = true;
  }
}

interface OpenReading {
  readonly changed: Set<string>;
  isSpoiled: boolean;
}
