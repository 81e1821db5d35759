import type PgBoss from "pg-boss";
import type { Prisma } from "../generated/prisma/client.js";
import { JobBell } from "./job-bell.js";
import type { JobWork, JobWorker } from "./job-worker.js";

const RETRY_DELAY_SECONDS = 1;
/** How often workers look for a job that nobody rang for: one that is tried again, or that came while they could not hear. */
const POLLING_SECONDS = 0.5;

export interface QueueOptions {
  readonly name: string;
  /** More than any job takes. A worker that dies is noticed long before, by its lease. */
  readonly longestSeconds: number;
  /** How often a job that failed is tried again before it is given up. */
  readonly retries: number;
}

/** A job that some worker has taken. */
export interface TakenJob<Job> {
  readonly jobId: string;
  readonly job: Job;
}

/** What becomes of jobs that are taken from a queue. */
export interface JobHandlers<Job> {
  readonly run: (job: Job) => Promise<void>;
  /** Gets a job that was tried often enough. */
  readonly giveUp: (job: Job) => Promise<void>;
}

/** Begins to take jobs. Whoever gives it ends what is in work. */
export type StartWorker = <Job extends object>(work: JobWork<Job>) => JobWorker<Job>;

/** A queue of jobs of one kind, in Postgres, and beside it the one of those that were tried often enough. */
export class JobQueue<Job extends object> {
  #workers: readonly JobWorker<Job>[] = [];

  private constructor(
    private readonly boss: PgBoss,
    private readonly bell: JobBell,
    private readonly startWorker: StartWorker,
    readonly name: string,
    private readonly givenUp: string,
    private readonly options: PgBoss.SendOptions,
  ) {}

  static async open<Job extends object>(
    boss: PgBoss,
    bell: JobBell,
    startWorker: StartWorker,
    queue: QueueOptions,
  ): Promise<JobQueue<Job>> {
    const { name, longestSeconds, retries } = queue;
    const givenUp = `${name}-given-up`;
    const options = {
      ...{ expireInSeconds: longestSeconds, retryLimit: retries, retryDelay: RETRY_DELAY_SECONDS, retryBackoff: true },
      deadLetter: givenUp,
    };
    await boss.createQueue(givenUp);
    await boss.createQueue(name, { name, ...options });
    return new JobQueue(boss, bell, startWorker, name, givenUp, options);
  }

  /** Puts a job into the queue in the transaction that its rows are written in: both are there, or neither. */
  async enqueue(transaction: Prisma.TransactionClient, job: Job): Promise<void> {
    const db = {
      executeSql: async (text: string, values: unknown[]) => ({
        rows: await transaction.$queryRawUnsafe<unknown[]>(text, ...values),
      }),
    };
    await this.boss.send(this.name, job, { ...this.options, db });
    await JobBell.ring(transaction, this.name);
  }

  /**
   * Takes jobs out of the queue in the transaction that their rows are deleted in. A job that a worker has taken is left
   * to it.
   *
   * @param like what the jobs have in common
   */
  async cancel(transaction: Prisma.TransactionClient, like: Partial<Job>): Promise<void> {
    await transaction.$executeRaw`
      DELETE FROM pgboss.job
       WHERE name IN (${this.name}, ${this.givenUp}) AND data @> ${JSON.stringify(like)}::jsonb AND state <> 'active'`;
  }

  /** Takes one job at a time. What `run` throws puts the job back into the queue, until it has been tried often enough; then `giveUp` gets it. */
  async work({ run, giveUp }: JobHandlers<Job>): Promise<void> {
    const pollingSeconds = POLLING_SECONDS;
    const worker = this.startWorker<Job>({ queue: this.name, pollingSeconds, handle: run });
    this.#workers = [worker, this.startWorker<Job>({ queue: this.givenUp, pollingSeconds, handle: giveUp })];
    await this.bell.onRing(this.name, () => worker.wake());
  }

  /** Takes no job more. What is in work goes on. */
  stopWork(): void {
    this.bell.offRing(this.name);
    for (const worker of this.#workers) worker.stop();
  }

  /** Jobs that were taken some seconds ago and have not ended: in work, or left behind by a worker that died. */
  async listTaken(): Promise<TakenJob<Job>[]> {
    const { rows } = await this.boss.getDb().executeSql(
      `SELECT id, data FROM pgboss.job
        WHERE name = $1 AND state = 'active' AND started_on < now() - interval '5 seconds'`,
      [this.name],
    );
    return (rows as { id: string; data: Job }[]).map(({ id, data }) => ({ jobId: id, job: data }));
  }

  /** Takes a job from a worker that died. It counts as a try: one that kills every worker is given up. */
  async takeBack(jobId: string): Promise<void> {
    await this.boss.fail(this.name, jobId, { message: "the worker is gone" });
  }
}
