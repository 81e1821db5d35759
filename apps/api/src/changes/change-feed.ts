import type { ListeningConnection } from "../database/listening-connection.js";
import { withinBudget } from "../time-budget.js";

const CHANNEL = "facet_change";
/** What was heard is true for so long: the other side of this is how late a change may be seen. */
const TRUSTED_MS = 1000;
const ASK_EVERY_MS = 250;

export const CHANGE_KINDS = ["viewer", "video", "key"] as const;
/** What a change is of; `video` is also its frames, `viewer` also its likes and decisions. */
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** Who wants to hear what changes. */
export interface ChangeListener {
  /** @param id undefined where it may be any */
  readonly changed: (kind: ChangeKind, id: string | undefined) => void;
  /** From here on changes may pass unheard, until the feed is listening again. */
  readonly lost: () => void;
}

/**
 * Hears of every change that anyone commits: triggers announce it, LISTEN brings it here.
 *
 * Postgres sends announcements in the order of commits, and before the answer to anything that was asked after the
 * commit. So an answer on the listening connection proves that all that was committed before the question has been
 * heard. It is asked for a few times a second; where the newest proof is older than a second, the feed is not current,
 * and nobody may rely on what they keep, but nothing is lost. It is lost when the connection ends.
 */
export class ChangeFeed {
  readonly #listeners = new Set<ChangeListener>();
  #provenAt = -Infinity;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly connection: Pick<ListeningConnection, "listen" | "isListeningTo" | "ask">) {}

  /** Does not fail: where it cannot listen yet, it tries on. */
  start(): Promise<void> {
    return this.connection.listen(CHANNEL, {
      heard: (payload) => this.#hear(payload),
      began: async () => {
        await this.#prove();
        this.#askLater();
      },
      lost: () => this.#lose(),
    });
  }

  /** @returns takes the listener away again */
  subscribe(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Whether changes are heard at all, be it late. */
  isListening(): boolean {
    return this.connection.isListeningTo(CHANNEL);
  }

  /** Whether all changes have been heard that were committed up to a second ago. */
  isCurrent(): boolean {
    return performance.now() - this.#provenAt < TRUSTED_MS;
  }

  /**
   * Waits until all that is committed by now has been heard. Where that cannot be had in a second, the feed is not
   * current when this returns.
   */
  async settle(): Promise<void> {
    if (!this.isListening()) return;
    await withinBudget(TRUSTED_MS, this.#prove());
  }

  #askLater(): void {
    clearTimeout(this.#timer);
    if (!this.isListening()) return;
    this.#timer = setTimeout(() => void this.#prove().then(() => this.#askLater()), ASK_EVERY_MS).unref();
  }

  async #prove(): Promise<void> {
    const askedAt = performance.now();
    if (await this.connection.ask()) this.#provenAt = Math.max(this.#provenAt, askedAt);
  }

  #hear(payload: string): void {
    const space = payload.indexOf(" ");
    const name = space < 0 ? payload : payload.slice(0, space);
    const kind = CHANGE_KINDS.find((known) => known === name);
    if (kind === undefined) return;
    const id = space < 0 ? undefined : payload.slice(space + 1);
    for (const listener of this.#listeners) listener.changed(kind, id);
  }

  #lose(): void {
    this.#provenAt = -Infinity;
    clearTimeout(this.#timer);
    for (const listener of this.#listeners) listener.lost();
  }
}
