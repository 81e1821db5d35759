import type { Logger } from "pino";

/** Work that comes back: done once after another, now and then, until it is stopped. What fails is logged, and tried again. */
export class Housekeeping {
  readonly #stop = new AbortController();
  #working: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly tasks: Readonly<Record<string, () => Promise<void>>>,
    private readonly everyMs: number,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.#working = this.#doAll().then(() => {
      if (this.#stop.signal.aborted) return;
      this.#timer = setTimeout(() => this.start(), this.everyMs);
      // No reason for the process to live.
      this.#timer.unref();
    });
  }

  /** Waits for what is in hand. */
  async stop(): Promise<void> {
    this.#stop.abort();
    clearTimeout(this.#timer);
    await this.#working;
  }

  async #doAll(): Promise<void> {
    for (const [name, task] of Object.entries(this.tasks)) {
      if (this.#stop.signal.aborted) return;
      await task().catch((error: unknown) => this.log.error({ err: error, task: name }, "housekeeping failed"));
    }
  }
}
