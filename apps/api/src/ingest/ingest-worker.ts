import type { Logger } from "pino";
import type { IngestQueue } from "./ingest-queue.js";
import { takeBackAbandoned } from "./take-back-abandoned.js";
import type { VideoIngest } from "./video-ingest.js";

const SWEEP_EVERY_MS = 2000;

/** Takes videos from the queue one after another, and looks after the jobs of workers that died. */
export class IngestWorker {
  readonly #shutdown = new AbortController();
  #sweeping: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly queue: IngestQueue,
    private readonly ingest: VideoIngest,
    private readonly connectionString: string,
    private readonly log: Logger,
  ) {}

  async start(): Promise<void> {
    await this.queue.work(
      (job) => this.ingest.run(job, this.#shutdown.signal),
      (job) => this.ingest.giveUp(job),
    );
    this.#sweep();
  }

  /** Stops the work in hand; its video goes back to the queue, which is to be closed after this. */
  async stop(): Promise<void> {
    this.#shutdown.abort(new Error("the service is shutting down"));
    clearTimeout(this.#timer);
    await this.#sweeping;
  }

  #sweep(): void {
    this.#sweeping = takeBackAbandoned(this.queue, this.connectionString, this.log)
      .catch((error: unknown) => this.log.error({ err: error }, "looking for abandoned ingests failed"))
      .then(() => {
        if (!this.#shutdown.signal.aborted) this.#timer = setTimeout(() => this.#sweep(), SWEEP_EVERY_MS);
      });
  }
}
