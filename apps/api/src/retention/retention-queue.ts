import PgBoss from "pg-boss";
import type { Logger } from "pino";

export const RETENTION = "retention";
/** Every hour, at a minute when little else begins. */
const WHEN = "23 * * * *";
const POLLING_SECONDS = 10;
const LONGEST_RUN_SECONDS = 60 * 60;
/** The queue's own statements are few. */
const CONNECTIONS = 2;

/** The clock of retention, in Postgres: of all processes of the service, one does the work of an hour. */
export class RetentionQueue {
  private constructor(private readonly boss: PgBoss) {}

  /** To be opened after the ingest queue, which sees to the queue's tables and looks after all of its jobs. */
  static async open(connectionString: string, log: Logger): Promise<RetentionQueue> {
    const boss = new PgBoss({
      ...{ connectionString, max: CONNECTIONS, application_name: "facet-retention" },
      ...{ schedule: true, supervise: false, migrate: false },
    });
    boss.on("error", (error) => log.error({ err: error }, "the queue of retention failed"));
    await boss.start();
    await boss.createQueue(RETENTION, {
      ...{ name: RETENTION, policy: "singleton" },
      ...{ expireInSeconds: LONGEST_RUN_SECONDS, retryLimit: 0 },
    });
    return new RetentionQueue(boss);
  }

  async start(run: () => Promise<void>): Promise<void> {
    await this.boss.work(RETENTION, { pollingIntervalSeconds: POLLING_SECONDS }, run);
    await this.boss.schedule(RETENTION, WHEN);
  }

  /** Lets a run in hand end. */
  async close(): Promise<void> {
    await this.boss.stop({ graceful: true, wait: true, timeout: 30_000 });
  }
}
