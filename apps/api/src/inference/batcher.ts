interface Asked<Item, Result> {
  readonly items: readonly Item[];
  readonly resolve: (results: Result[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Answers calls one pass after another: those that come while a pass is under way are answered together by the next, as
 * many as fit in it. So nobody waits for a batch to fill, and the busier it is the more a pass does.
 */
export class Batcher<Item, Result> {
  #asked: Asked<Item, Result>[] = [];
  #isRunning = false;

  /**
   * @param run      gives a result for each item, in their order
   * @param maxItems in a pass that answers more than one call
   */
  constructor(
    private readonly run: (items: readonly Item[]) => Promise<readonly Result[]>,
    private readonly maxItems: number,
  ) {}

  answer(items: readonly Item[]): Promise<Result[]> {
    return new Promise((resolve, reject) => {
      this.#asked.push({ items, resolve, reject });
      if (!this.#isRunning) void this.#runAll();
    });
  }

  async #runAll(): Promise<void> {
    this.#isRunning = true;
    // Whoever asks in the same turn of the event loop goes along.
    await Promise.resolve();
    while (this.#asked.length > 0) await this.#answer(this.#takeBatch());
    this.#isRunning = false;
  }

  #takeBatch(): Asked<Item, Result>[] {
    let items = 0;
    let calls = 0;
    for (const one of this.#asked) {
      items += one.items.length;
      if (calls > 0 && items > this.maxItems) break;
      calls += 1;
    }
    return this.#asked.splice(0, calls);
  }

  async #answer(batch: readonly Asked<Item, Result>[]): Promise<void> {
    try {
      const results = await this.run(batch.flatMap(({ items }) => items));
      let taken = 0;
      for (const { items, resolve } of batch) resolve(results.slice(taken, (taken += items.length)));
    } catch (error) {
      const [only] = batch;
      if (batch.length === 1) only?.reject(error);
      // What one call brought must not be the fault of the others.
      else for (const one of batch) await this.#answer([one]);
    }
  }
}
