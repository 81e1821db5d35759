import type { Logger } from "pino";
import type { JobQueue } from "./job-queue.js";
import { Lease } from "./lease.js";
import { takeBackAbandoned } from "./take-back-abandoned.js";

const SWEEP_EVERY_MS = 2000;

/** When work in hand must stop. */
export interface WorkSignals {
  /** The service ends: what is left of the work is for another worker. */
  readonly shutdown: AbortSignal;
  /** The service ends, or the lease is lost and another worker may have begun with the same job. */
  readonly stop: AbortSignal;
}

/** What is done with the jobs of one kind. */
export interface LeasedWork<Job> {
  /** What no two workers may work on at once, among the jobs of this kind. */
  leaseKey(job: Job): string;
  /** What it throws puts the job back into the queue, until it has been tried often enough. */
  run(job: Job, signals: WorkSignals): Promise<void>;
  /** Gets a job that was tried often enough. */
  giveUp(job: Job): Promise<void>;
}

/** Takes jobs from a queue one after another, each under a lease, and gives those of workers that died back to it. */
export class LeasedWorker<Job extends object> {
  readonly #shutdown = new AbortController();
  #sweeping: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly queue: JobQueue<Job>,
    private readonly leased: LeasedWork<Job>,
    private readonly connectionString: string,
    private readonly log: Logger,
  ) {}

  async start(): Promise<void> {
    await this.queue.work({
      run: (job) => this.#run(job),
      giveUp: (job) => this.leased.giveUp(job),
    });
    this.#sweep();
  }

  /** Tells the work in hand to stop. It has ended when the jobs are closed, which is to be after this. */
  async stop(): Promise<void> {
    // First: a job that goes back to the queue is not to be taken here again.
    this.queue.stopWork();
    this.#shutdown.abort(new Error("the service is shutting down"));
    clearTimeout(this.#timer);
    await this.#sweeping;
  }

  async #run(job: Job): Promise<void> {
    const lease = await this.#takeLease(job);
    if (lease === undefined) throw new Error("Another worker has this job's lease.");
    const shutdown = this.#shutdown.signal;
    try {
      await this.leased.run(job, { shutdown, stop: AbortSignal.any([shutdown, lease.lost]) });
    } finally {
      await lease.release();
    }
  }

  #takeLease(job: Job): Promise<Lease | undefined> {
    return Lease.take(this.connectionString, `${this.queue.name} ${this.leased.leaseKey(job)}`);
  }

  #sweep(): void {
    this.#sweeping = this.#takeBackAbandoned()
      .catch((error: unknown) => {
        this.log.error({ err: error, queue: this.queue.name }, "looking for abandoned jobs failed");
      })
      .then(() => {
        if (!this.#shutdown.signal.aborted) this.#timer = setTimeout(() => this.#sweep(), SWEEP_EVERY_MS);
      });
  }

  async #takeBackAbandoned(): Promise<void> {
    for (const job of await takeBackAbandoned(this.queue, (taken) => this.#takeLease(taken))) {
      this.log.warn({ queue: this.queue.name, job }, "the worker of this job is gone: it is tried again");
    }
  }
}
