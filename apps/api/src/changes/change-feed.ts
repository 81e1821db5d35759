import pg from "pg";
import type { Logger } from "pino";

const CHANNEL = "facet_change";
/** What was heard is true for so long: the other side of this is how late a change may be seen. */
const TRUSTED_MS = 1000;
const ASK_EVERY_MS = 250;
/** A connection that is silent for longer is given up. */
const SILENCE_MS = 5000;
const RECONNECT_EVERY_MS = 200;

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
  #client: pg.Client | undefined;
  #provenAt = -Infinity;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    private readonly connectionString: string,
    private readonly log: Logger,
  ) {}

  /** Does not fail: where it cannot listen yet, it tries on. */
  async start(): Promise<void> {
    await this.#connect();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    const client = this.#client;
    this.#lose(client);
    await client?.end().catch(() => undefined);
  }

  /** @returns takes the listener away again */
  subscribe(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Whether changes are heard at all, be it late. */
  isListening(): boolean {
    return this.#client !== undefined;
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
    const client = this.#client;
    if (client === undefined) return;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, TRUSTED_MS)));
    await Promise.race([this.#prove(client), patience]);
    clearTimeout(timer);
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      ...{ connectionString: this.connectionString, application_name: "facet-changes" },
      ...{ keepAlive: true, connectionTimeoutMillis: SILENCE_MS },
    });
    client.on("notification", ({ payload }) => this.#hear(payload ?? ""));
    client.on("error", () => this.#lose(client));
    client.on("end", () => this.#lose(client));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      if (this.#stopped) {
        await client.end();
        return;
      }
      this.#client = client;
      await this.#prove(client);
      this.log.info("changes are heard");
      this.#askLater(client);
    } catch (error) {
      this.log.warn({ err: error }, "changes cannot be heard");
      void client.end().catch(() => undefined);
      if (this.#client === client) this.#lose(client);
      else this.#reconnectLater();
    }
  }

  #askLater(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#timer = setTimeout(() => {
      const silence = setTimeout(() => this.#lose(client), SILENCE_MS);
      void this.#prove(client).then(() => {
        clearTimeout(silence);
        this.#askLater(client);
      });
    }, ASK_EVERY_MS).unref();
  }

  async #prove(client: pg.Client): Promise<void> {
    const askedAt = performance.now();
    try {
      await client.query("SELECT 1");
      if (this.#client === client) this.#provenAt = Math.max(this.#provenAt, askedAt);
    } catch {
      this.#lose(client);
    }
  }

  #hear(payload: string): void {
    const space = payload.indexOf(" ");
    const name = space < 0 ? payload : payload.slice(0, space);
    const kind = CHANGE_KINDS.find((known) => known === name);
    if (kind === undefined) return;
    const id = space < 0 ? undefined : payload.slice(space + 1);
    for (const listener of this.#listeners) listener.changed(kind, id);
  }

  #lose(client: pg.Client | undefined): void {
    if (client === undefined || this.#client !== client) return;
    this.#client = undefined;
    this.#provenAt = -Infinity;
    clearTimeout(this.#timer);
    for (const listener of this.#listeners) listener.lost();
    if (this.#stopped) return;
    this.log.warn("changes are no longer heard: what was kept is dropped");
    void client.end().catch(() => undefined);
    this.#reconnectLater();
  }

  #reconnectLater(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.#connect(), RECONNECT_EVERY_MS).unref();
  }
}
