import pg from "pg";

/** Sets our advisory locks apart from those of others in the same database. */
const LOCK_SEED = 0x0face7;

/**
 * The right to do one piece of work, held as an advisory lock on a connection of its own. Postgres gives it back when that
 * connection ends, so a worker that is killed loses it at once, and no clock is involved.
 */
export class Lease {
  readonly #lost = new AbortController();

  private constructor(private readonly client: pg.Client) {
    client.on("error", (error) => this.#lost.abort(error));
    client.on("end", () => this.#lost.abort(new Error("the connection that holds the lease ended")));
  }

  /** Undefined where another worker holds it. */
  static async take(connectionString: string, key: string): Promise<Lease | undefined> {
    const client = new pg.Client({ connectionString, application_name: "facet-lease", keepAlive: true });
    await client.connect();
    const lease = new Lease(client);
    try {
      const { rows } = await client.query<{ taken: boolean }>(
        "SELECT pg_try_advisory_lock(hashtextextended($2, $1)) AS taken",
        [LOCK_SEED, key],
      );
      if (rows[0]?.taken === true) return lease;
    } catch (error) {
      await lease.release();
      throw error;
    }
    await lease.release();
    return undefined;
  }

  /** Aborts when the lease is lost: whoever works under it must stop. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  async release(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }
}
