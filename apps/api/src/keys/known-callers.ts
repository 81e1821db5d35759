import { HeardCache, type ChangeFeed } from "../changes/index.js";
import type { PrismaClient } from "../generated/prisma/client.js";
import { authenticate, type Caller } from "./authenticate.js";
import { hashKey } from "./key-hash.js";

/** Many times more than a platform has. */
const MAX_KEYS = 1000;
/** Short, so that the time of a key's last use stays right. */
const KEPT_MS = 5_000;

/** Finds whose key it is, and remembers it for some seconds; any change of a key makes it forget all of them. */
export class KnownCallers {
  readonly #callers: HeardCache<Caller>;

  constructor(
    private readonly prisma: PrismaClient,
    feed: Pick<ChangeFeed, "isCurrent" | "isListening" | "subscribe">,
  ) {
    this.#callers = new HeardCache(feed, { kind: "key", maxBytes: MAX_KEYS, bytesOf: () => 1, keptMs: KEPT_MS });
  }

  /** @returns undefined where it is no key of ours, or is revoked; that is not remembered */
  async find(key: string): Promise<Caller | undefined> {
    const hash = hashKey(key);
    const known = this.#callers.get(hash);
    if (known !== undefined) return known;
    const reading = this.#callers.begin();
    try {
      const caller = await authenticate(this.prisma, key);
      if (caller !== undefined) reading.keep(hash, caller);
      return caller;
    } finally {
      reading.end();
    }
  }
}
