/** A figure of the plan, and how it comes about. */
export interface Step {
  readonly what: string;
  /** In words: every factor is an input or a step above. */
  readonly how: string;
  readonly value: number;
  readonly unit: string;
}

/** Steps in the order in which they were taken. */
export class Ledger {
  readonly #steps: Step[] = [];

  get steps(): readonly Step[] {
    return this.#steps;
  }

  /** @returns the value, for the next steps */
  add(what: string, how: string, value: number, unit: string): number {
    if (!Number.isFinite(value)) throw new RangeError(`${what}: ${value} is no figure.`);
    this.#steps.push({ what, how, value, unit });
    return value;
  }
}
