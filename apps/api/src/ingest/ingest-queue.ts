import PgBoss from "pg-boss";
import type { Logger } from "pino";
import type { Prisma } from "../generated/prisma/client.js";

const INGEST = "ingest-video";
/** Where a job goes when it has been tried often enough. */
const GIVEN_UP = "ingest-video-given-up";

/** Longer than any ingest takes. A worker that dies is noticed long before, by its lease. */
const LONGEST_INGEST_SECONDS = 6 * 60 * 60;
const RETRIES = 3;
const RETRY_DELAY_SECONDS = 1;
const POLLING_SECONDS = 0.5;

/** Which video, and which revision of its source. */
export interface IngestJob {
  readonly videoId: string;
  readonly revision: number;
}

/** A job that some worker has taken. */
export interface TakenJob {
  readonly jobId: string;
  readonly job: IngestJob;
}

/** The queue of videos to ingest, in Postgres. */
export class IngestQueue {
  private constructor(private readonly boss: PgBoss) {}

  static async open(connectionString: string, log: Logger): Promise<IngestQueue> {
    const boss = new PgBoss({ connectionString, schedule: false, application_name: "facet-queue" });
    boss.on("error", (error) => log.error({ err: error }, "the queue failed"));
    await boss.start();
    await boss.createQueue(GIVEN_UP);
    await boss.createQueue(INGEST, { name: INGEST, ...JOB_OPTIONS });
    return new IngestQueue(boss);
  }

  /** Puts a video into the queue in the transaction that its row is written in: both are there, or neither. */
  async enqueue(transaction: Prisma.TransactionClient, job: IngestJob): Promise<void> {
    const db = {
      executeSql: async (text: string, values: unknown[]) => ({
        rows: await transaction.$queryRawUnsafe<unknown[]>(text, ...values),
      }),
    };
    await this.boss.send(INGEST, job, { ...JOB_OPTIONS, db });
  }

  /** Takes a video out of the queue in the transaction that its row is deleted in. A job that a worker has taken is left to it. */
  async cancel(transaction: Prisma.TransactionClient, videoId: string): Promise<void> {
    await transaction.$executeRaw`
      DELETE FROM pgboss.job
       WHERE name IN (${INGEST}, ${GIVEN_UP}) AND data->>'videoId' = ${videoId} AND state <> 'active'`;
  }

  /** Takes one job at a time. What `ingest` throws puts the job back into the queue, until it has been tried often enough; then `giveUp` gets it. */
  async work(ingest: (job: IngestJob) => Promise<void>, giveUp: (job: IngestJob) => Promise<void>): Promise<void> {
    const options = { batchSize: 1, pollingIntervalSeconds: POLLING_SECONDS };
    await this.boss.work<IngestJob>(INGEST, options, ([job]) =>
      job === undefined ? Promise.resolve() : ingest(job.data),
    );
    await this.boss.work<IngestJob>(GIVEN_UP, options, ([job]) =>
      job === undefined ? Promise.resolve() : giveUp(job.data),
    );
  }

  /** Jobs that were taken some seconds ago and have not ended: in work, or left behind by a worker that died. */
  async listTaken(): Promise<TakenJob[]> {
    const { rows } = await this.boss.getDb().executeSql(
      `SELECT id, data FROM pgboss.job
        WHERE name = $1 AND state = 'active' AND started_on < now() - interval '5 seconds'`,
      [INGEST],
    );
    return (rows as { id: string; data: IngestJob }[]).map(({ id, data }) => ({ jobId: id, job: data }));
  }

  /** Takes a job from a worker that died. It counts as a try: a video that kills every worker is given up. */
  async takeBack(jobId: string): Promise<void> {
    await this.boss.fail(INGEST, jobId, { message: "the worker is gone" });
  }

  /** Lets jobs in work end. */
  async close(): Promise<void> {
    await this.boss.stop({ graceful: true, wait: true, timeout: 30_000 });
  }
}

const JOB_OPTIONS = {
  expireInSeconds: LONGEST_INGEST_SECONDS,
  retryLimit: RETRIES,
  retryDelay: RETRY_DELAY_SECONDS,
  retryBackoff: true,
  deadLetter: GIVEN_UP,
} as const;
