import { setTimeout as sleep } from "node:timers/promises";
import type PgBoss from "pg-boss";
import type { Logger } from "pino";
import { withinBudget } from "../time-budget.js";

/** Where a worker's jobs come from, and where it tells what became of them. */
export type JobSource = Pick<PgBoss, "fetch" | "complete" | "fail">;

export interface JobWork<Job> {
  readonly queue: string;
  /** How often a job is looked for that nobody woke the worker for. */
  readonly pollingSeconds: number;
  /** What it throws fails the job. */
  readonly handle: (job: Job) => Promise<void>;
}

/**
 * Takes the jobs of one queue, one at a time. pg-boss has workers of its own, but what they tell the database of a job
 * that has ended is not waited for (10.4): where it cannot be told, because the database is gone, the process would end.
 */
export class JobWorker<Job extends object> {
  #isStopped = false;
  readonly #ended: Promise<void>;
  #jobId: string | undefined;
  /** Of the look for a job that is being made, and of the wait that follows where there is none. */
  #pause = new AbortController();

  constructor(
    private readonly source: JobSource,
    private readonly work: JobWork<Job>,
    private readonly log: Logger,
  ) {
    this.#ended = this.#takeJobs();
  }

  /** There is a job to take. */
  wake(): void {
    this.#pause.abort();
  }

  /** Takes no job more. What is in work goes on. */
  stop(): void {
    this.#isStopped = true;
    this.#pause.abort();
  }

  /** Resolves when it was stopped and what was in work has ended. */
  ended(): Promise<void> {
    return this.#ended;
  }

  /** Counts what is in work as failed: the process ends before it does. */
  async abandon(): Promise<void> {
    const jobId = this.#jobId;
    if (jobId !== undefined) await this.source.fail(this.work.queue, jobId, { message: "the service has ended" });
  }

  async #takeJobs(): Promise<void> {
    while (!this.#isStopped) {
      this.#pause = new AbortController();
      const { signal } = this.#pause;
      const job = await this.#take();
      if (job) await this.#do(job);
      else await sleep(this.work.pollingSeconds * 1000, undefined, { signal }).catch(() => undefined); // woken, or stopped
    }
  }

  async #take(): Promise<PgBoss.Job<Job> | undefined> {
    try {
      // pg-boss keeps to itself what the database says (10.4), and finds nothing then: this is for what it says itself.
      const [job] = await this.source.fetch<Job>(this.work.queue, { batchSize: 1 });
      return job;
    } catch (error) {
      this.log.error({ err: error, queue: this.work.queue }, "looking for a job failed");
      return undefined;
    }
  }

  async #do({ id, data, expireInSeconds }: PgBoss.Job<Job>): Promise<void> {
    const { queue, handle } = this.work;
    this.#jobId = id;
    const result = await withinBudget(expireInSeconds * 1000, handle(data));
    this.#jobId = undefined;
    try {
      if (result.kind === "done") await this.source.complete(queue, id);
      // Some other worker may have begun with it by then.
      else if (result.kind === "late")
        await this.#fail(id, new Error(`The job took longer than ${expireInSeconds} s.`));
      else await this.#fail(id, result.error);
    } catch (error) {
      // It stays taken then, until who looks after abandoned jobs gives it back or its time is over.
      this.log.error({ err: error, queue, job: data }, "what became of a job could not be told");
    }
  }

  async #fail(id: string, error: unknown): Promise<void> {
    await this.source.fail(this.work.queue, id, error instanceof Error ? error : { value: String(error) });
  }
}
