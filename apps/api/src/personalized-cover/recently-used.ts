/**
 * Values that are costly to make, kept for those who ask again: at most `capacity` of them, the least recently used going first.
 * Who asks while a value is being made waits for the same one. A failure is not kept.
 */
export class RecentlyUsed<Value> {
  // A Map keeps the order of insertion: the first key is the least recently used.
  readonly #values = new Map<string, Promise<Value>>();

  constructor(private readonly capacity: number) {}

  get(key: string, make: () => Promise<Value>): Promise<Value> {
    const value = this.#values.get(key) ?? make();
    this.#values.delete(key);
    this.#values.set(key, value);
    value.catch(() => {
      if (this.#values.get(key) === value) this.#values.delete(key);
    });
    const [oldest] = this.#values.keys();
    if (this.#values.size > this.capacity && oldest !== undefined) this.#values.delete(oldest);
    return value;
  }

  /** Who waits for a value that is being made still gets it; it is not kept. */
  drop(isDropped: (key: string) => boolean): void {
    for (const key of [...this.#values.keys()].filter(isDropped)) this.#values.delete(key);
  }
}
