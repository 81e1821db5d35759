/** What has been opened, so that one call closes all of it, the newest first: a thing may rely on what was opened before it. */
export class Releasers {
  readonly #stack: (() => Promise<void> | void)[] = [];
  #releasing: Promise<void> | undefined;

  add(release: () => Promise<void> | void): void {
    this.#stack.push(release);
  }

  /** Closes everything once, however often it is called. A release that fails stops none of the others; the first failure is thrown at the end. */
  release(): Promise<void> {
    this.#releasing ??= this.#releaseAll();
    return this.#releasing;
  }

  async #releaseAll(): Promise<void> {
    const failures: unknown[] = [];
    for (let release = this.#stack.pop(); release !== undefined; release = this.#stack.pop()) {
      try {
        await release();
      } catch (failure) {
        failures.push(failure);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, "Not everything could be closed.");
  }
}
