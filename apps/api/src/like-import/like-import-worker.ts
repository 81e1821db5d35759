import type { Logger } from "pino";
import { IngestLease } from "../ingest/ingest-lease.js";
import type { LikeImport } from "./like-import.js";
import type { LikeImportJob, LikeImportQueue } from "./like-import-queue.js";

const SWEEP_EVERY_MS = 2000;

/** Takes imports from the queue one after another, each under a lease, and gives those of workers that died back to it. */
export class LikeImportWorker {
  readonly #shutdown = new AbortController();
  #sweeping: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly queue: LikeImportQueue,
    private readonly likeImport: LikeImport,
    private readonly connectionString: string,
    private readonly log: Logger,
  ) {}

  async start(): Promise<void> {
    await this.queue.work(
      (job) => this.#run(job),
      ({ importId }) => this.likeImport.giveUp(importId),
    );
    this.#sweep();
  }

  /** Stops behind the batch in hand; the import is tried again from there. The queue is to be closed after this. */
  async stop(): Promise<void> {
    this.#shutdown.abort(new Error("the service is shutting down"));
    clearTimeout(this.#timer);
    await this.#sweeping;
  }

  async #run(job: LikeImportJob): Promise<void> {
    const lease = await this.#lease(job);
    if (lease === undefined) throw new Error("Another worker is recording this file.");
    try {
      await this.likeImport.run(job.importId, AbortSignal.any([this.#shutdown.signal, lease.lost]));
    } finally {
      await lease.release();
    }
  }

  #sweep(): void {
    this.#sweeping = this.#takeBackAbandoned()
      .catch((error: unknown) => this.log.error({ err: error }, "looking for abandoned imports failed"))
      .then(() => {
        if (!this.#shutdown.signal.aborted) this.#timer = setTimeout(() => this.#sweep(), SWEEP_EVERY_MS);
      });
  }

  /** The lease of a living worker cannot be taken. */
  async #takeBackAbandoned(): Promise<void> {
    for (const { jobId, job } of await this.queue.listTaken()) {
      const lease = await this.#lease(job);
      if (lease === undefined) continue;
      try {
        await this.queue.takeBack(jobId);
        this.log.warn({ likeImportId: job.importId }, "the worker of this import is gone: it is tried again");
      } finally {
        await lease.release();
      }
    }
  }

  #lease({ importId }: LikeImportJob): Promise<IngestLease | undefined> {
    return IngestLease.take(this.connectionString, `like import ${importId}`);
  }
}
