import pg from "pg";
import type { Logger } from "pino";
import type { Prisma } from "../generated/prisma/client.js";

const CHANNEL = "facet_job";
const RECONNECT_EVERY_MS = 1000;

/**
 * Rings where a job has come into a queue, so that nobody waits for the next time that workers look. Nothing depends on
 * it: while it cannot be heard, workers find their jobs by looking.
 */
export class JobBell {
  readonly #listeners = new Map<string, () => void>();
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #started = false;
  #stopped = false;

  constructor(
    private readonly connectionString: string,
    private readonly log: Logger,
  ) {}

  /** Rings in every process that listens, when the transaction is committed. */
  static async ring(transaction: Prisma.TransactionClient, queue: string): Promise<void> {
    await transaction.$executeRaw`SELECT pg_notify(${CHANNEL}, ${queue})`;
  }

  /** Listens from the first time on. Does not fail: where it cannot listen yet, it tries on. */
  async onRing(queue: string, wake: () => void): Promise<void> {
    this.#listeners.set(queue, wake);
    if (this.#started) return;
    this.#started = true;
    await this.#connect();
  }

  offRing(queue: string): void {
    this.#listeners.delete(queue);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      ...{ connectionString: this.connectionString, application_name: "facet-job-bell", keepAlive: true },
    });
    client.on("notification", ({ payload }) => this.#listeners.get(payload ?? "")?.());
    client.on("error", (error) => this.log.warn({ err: error }, "new jobs are not announced any more"));
    client.on("end", () => this.#connectAgainLater(client));
    this.#client = client;
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      for (const wake of this.#listeners.values()) wake(); // What came meanwhile was not heard.
    } catch (error) {
      this.log.warn({ err: error }, "new jobs cannot be announced yet");
      await client.end().catch(() => undefined);
    }
  }

  #connectAgainLater(client: pg.Client): void {
    if (this.#stopped || this.#client !== client) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#connect(), RECONNECT_EVERY_MS).unref();
  }
}
