/** One step of a pipeline. It works on one piece at a time: whoever brings the next waits for the one before. */
export class Stage {
  #last: Promise<void> = Promise.resolve();

  /** @param fail is told at once what a piece fails with, though nobody waits for it yet */
  constructor(private readonly fail: (reason: unknown) => void) {}

  /** Resolves when the piece before is done, and this one begins. @throws what the piece before failed with */
  async begin(work: () => Promise<void>): Promise<void> {
    await this.#last;
    this.#last = work();
    this.#last.catch(this.fail);
  }

  /** @throws what the last piece failed with */
  end(): Promise<void> {
    return this.#last;
  }
}
