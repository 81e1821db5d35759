import type { ListeningConnection } from "../database/listening-connection.js";
import type { Prisma } from "../generated/prisma/client.js";

const CHANNEL = "facet_job";

/**
 * Rings where a job has come into a queue, so that nobody waits for the next time that workers look. Nothing depends on
 * it: while it cannot be heard, workers find their jobs by looking.
 */
export class JobBell {
  readonly #wakers = new Map<string, () => void>();
  #listening: Promise<void> | undefined;

  constructor(private readonly connection: Pick<ListeningConnection, "listen">) {}

  /** Rings in every process that listens, when the transaction is committed. */
  static async ring(transaction: Prisma.TransactionClient, queue: string): Promise<void> {
    await transaction.$executeRaw`SELECT pg_notify(${CHANNEL}, ${queue})`;
  }

  /** Listens from the first time on. Does not fail: where it cannot listen yet, it tries on. */
  async onRing(queue: string, wake: () => void): Promise<void> {
    this.#wakers.set(queue, wake);
    this.#listening ??= this.connection.listen(CHANNEL, {
      heard: (rung) => this.#wakers.get(rung)?.(),
      // What came meanwhile was not heard.
      began: () => this.#wakers.forEach((wakeUp) => wakeUp()),
    });
    await this.#listening;
  }

  offRing(queue: string): void {
    this.#wakers.delete(queue);
  }
}
