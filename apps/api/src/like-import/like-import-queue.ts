import PgBoss from "pg-boss";
import type { Logger } from "pino";
import type { Prisma } from "../generated/prisma/client.js";

const IMPORT = "import-likes";
/** Where a job goes when it has been tried often enough. */
const GIVEN_UP = "import-likes-given-up";

const JOB_OPTIONS = {
  // Longer than any import takes. A worker that dies is noticed long before, by its lease.
  expireInSeconds: 12 * 60 * 60,
  retryLimit: 5,
  retryDelay: 1,
  retryBackoff: true,
  deadLetter: GIVEN_UP,
} as const;
const POLLING_SECONDS = 0.5;
const CONNECTIONS = 2;

export interface LikeImportJob {
  readonly importId: string;
}

/** The queue of imports, in Postgres. */
export class LikeImportQueue {
  private constructor(private readonly boss: PgBoss) {}

  static async open(connectionString: string, log: Logger): Promise<LikeImportQueue> {
    const name = "facet-import-queue";
    const boss = new PgBoss({ connectionString, schedule: false, max: CONNECTIONS, application_name: name });
    boss.on("error", (error) => log.error({ err: error }, "the queue of imports failed"));
    await boss.start();
    await boss.createQueue(GIVEN_UP);
    await boss.createQueue(IMPORT, { name: IMPORT, ...JOB_OPTIONS });
    return new LikeImportQueue(boss);
  }

  /** In the transaction that the import's row is written in: both are there, or neither. */
  async enqueue(transaction: Prisma.TransactionClient, job: LikeImportJob): Promise<void> {
    const db = {
      executeSql: async (text: string, values: unknown[]) => ({
        rows: await transaction.$queryRawUnsafe<unknown[]>(text, ...values),
      }),
    };
    await this.boss.send(IMPORT, job, { ...JOB_OPTIONS, db });
  }

  async work(run: (job: LikeImportJob) => Promise<void>, giveUp: (job: LikeImportJob) => Promise<void>): Promise<void> {
    const options = { batchSize: 1, pollingIntervalSeconds: POLLING_SECONDS };
    await this.boss.work<LikeImportJob>(IMPORT, options, ([job]) =>
      job === undefined ? Promise.resolve() : run(job.data),
    );
    await this.boss.work<LikeImportJob>(GIVEN_UP, options, ([job]) =>
      job === undefined ? Promise.resolve() : giveUp(job.data),
    );
  }

  /** Jobs that were taken some seconds ago and have not ended: in work, or left behind by a worker that died. */
  async listTaken(): Promise<{ readonly jobId: string; readonly job: LikeImportJob }[]> {
    const { rows } = await this.boss.getDb().executeSql(
      `SELECT id, data FROM pgboss.job
        WHERE name = $1 AND state = 'active' AND started_on < now() - interval '5 seconds'`,
      [IMPORT],
    );
    return (rows as { id: string; data: LikeImportJob }[]).map(({ id, data }) => ({ jobId: id, job: data }));
  }

  /** Takes a job from a worker that died. */
  async takeBack(jobId: string): Promise<void> {
    await this.boss.fail(IMPORT, jobId, { message: "the worker is gone" });
  }

  async close(): Promise<void> {
    await this.boss.stop({ graceful: true, wait: true, timeout: 30_000 });
  }
}
