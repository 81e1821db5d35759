import pg from "pg";
import type { Logger } from "pino";

/** A connection on which something is asked, and that gives no answer for longer, is given up. */
const SILENCE_MS = 5000;
const RECONNECT_EVERY_MS = 200;

/** Who wants to hear what is announced on a channel. */
export interface ChannelListener {
  readonly heard: (payload: string) => void;
  /** From here on all that is announced is heard. */
  readonly began?: () => Promise<void> | void;
  /** From here on announcements may pass unheard, until it begins again. */
  readonly lost?: () => void;
}

/**
 * The one connection of a process that hears what others announce (LISTEN, NOTIFY), for everybody in the process who
 * listens to something. Opened with the first of them; where it ends, another takes its place.
 */
export class ListeningConnection {
  readonly #listeners = new Map<string, ChannelListener>();
  /** Channels that are heard on the connection that is open. */
  readonly #heard = new Set<string>();
  #client: pg.Client | undefined;
  #connecting: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #isMissed = false;

  constructor(
    private readonly connectionString: string,
    private readonly log: Logger,
  ) {}

  /**
   * Listens from now on; one listener a channel. Does not fail: where it cannot listen yet, it tries on.
   *
   * @returns resolves when it listens, or when the first try has failed
   */
  async listen(channel: string, listener: ChannelListener): Promise<void> {
    this.#listeners.set(channel, listener);
    this.#connecting ??= this.#connect();
    await this.#connecting;
    if (this.#client !== undefined) await this.#begin(this.#client, channel);
  }

  isListeningTo(channel: string): boolean {
    return this.#heard.has(channel);
  }

  /**
   * Asks Postgres for an answer on this connection. It comes after everything that was announced before the question.
   *
   * @returns whether there was one. Where there is none, the connection is given up.
   */
  async ask(): Promise<boolean> {
    const client = this.#client;
    return client !== undefined && (await this.#query(client, "SELECT 1"));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    const client = this.#client;
    if (client !== undefined) this.#lose(client);
    await client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      ...{ connectionString: this.connectionString, application_name: "facet-listening" },
      ...{ keepAlive: true, connectionTimeoutMillis: SILENCE_MS },
    });
    client.on("notification", ({ channel, payload }) => this.#listeners.get(channel)?.heard(payload ?? ""));
    client.on("error", (error) => this.#lose(client, error));
    client.on("end", () => this.#lose(client));
    try {
      await client.connect();
    } catch (error) {
      void client.end().catch(() => undefined);
      this.#tellOfMissing(error, "announcements cannot be heard yet");
      this.#connectLater();
      return;
    }
    if (this.#stopped) {
      await client.end();
      return;
    }
    this.#client = client;
    for (const channel of this.#listeners.keys()) await this.#begin(client, channel);
    if (this.#client !== client) return;
    this.#isMissed = false;
    this.log.info("announcements are heard");
  }

  async #begin(client: pg.Client, channel: string): Promise<void> {
    if (this.#client !== client || this.#heard.has(channel)) return;
    const isHeard = await this.#query(client, `LISTEN ${client.escapeIdentifier(channel)}`);
    if (!isHeard || this.#heard.has(channel)) return;
    this.#heard.add(channel);
    await this.#listeners.get(channel)?.began?.();
  }

  /** @returns whether it was answered, on the connection that is still the one. Where it was not, that is given up. */
  async #query(client: pg.Client, text: string): Promise<boolean> {
    const silence = setTimeout(() => this.#lose(client, new Error("Postgres gives no answer.")), SILENCE_MS);
    try {
      await client.query(text);
    } catch (error) {
      this.#lose(client, error);
    } finally {
      clearTimeout(silence);
    }
    return this.#client === client;
  }

  #lose(client: pg.Client, error?: unknown): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    const channels = [...this.#heard];
    this.#heard.clear();
    for (const channel of channels) this.#listeners.get(channel)?.lost?.();
    if (this.#stopped) return;
    this.#tellOfMissing(error, "announcements are no longer heard");
    void client.end().catch(() => undefined);
    this.#connectLater();
  }

  /** Once until they are heard again: it is tried several times a second. */
  #tellOfMissing(error: unknown, message: string): void {
    if (!this.#isMissed) this.log.warn({ err: error }, message);
    this.#isMissed = true;
  }

  #connectLater(): void {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#connecting = this.#connect();
    }, RECONNECT_EVERY_MS).unref();
  }
}
