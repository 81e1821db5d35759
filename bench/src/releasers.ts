/** What must be closed, the newest first; each is given its turn even where another fails. */
export class Releasers {
  readonly #stack: (() => unknown)[] = [];

  add(release: () => unknown): void {
    this.#stack.push(release);
  }

  async release(): Promise<void> {
    for (let release = this.#stack.pop(); release !== undefined; release = this.#stack.pop()) {
      try {
        await release();
      } catch (error) {
        console.error(error);
      }
    }
  }
}
