/**
 * The time that an import has before it is put back. Its signal is its own: what listens to it is gone with it, and does
 * not pile up on one that lives as long as the process.
 */
export class Turn {
  /** The reason of the signal where the time is over. */
  readonly over = new Error("The turn is over.");
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #stopped = (): void => this.#controller.abort(this.stop.reason);

  constructor(
    private readonly stop: AbortSignal,
    withinMs: number,
  ) {
    this.#timer = setTimeout(() => this.#controller.abort(this.over), withinMs);
    if (stop.aborted) this.#stopped();
    else stop.addEventListener("abort", this.#stopped, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.stop.removeEventListener("abort", this.#stopped);
  }
}
