import { seededRandom, type Random } from "../random.js";
import type { TrainingGroup } from "../groups/training-group.js";
import { itemAt } from "./item-at.js";

/** Groups of one kind, without end. */
export interface GroupSource {
  /** How often it is drawn, against the others that it stands beside. */
  readonly share: number;
  /** The n-th group, from 0: the same every time. */
  readonly groupAt: (n: number) => TrainingGroup;
}

/**
 * Training groups without end: kinds in turn, and among a kind's sources by their shares. Equal seeds give equal
 * streams, and a stream can be entered anywhere.
 */
export class GroupStream {
  readonly #random: Random;
  readonly #given = new Map<GroupSource, number>();
  #drawn = 0;

  /**
   * @param kinds each with one source at least
   * @param own   drawn by its share of 1 in place of whichever kind's turn it is
   */
  constructor(
    private readonly kinds: readonly (readonly GroupSource[])[],
    private readonly own: GroupSource | undefined,
    seed: number,
  ) {
    if (kinds.length === 0 && !own) throw new RangeError("A stream takes a source at least.");
    this.#random = seededRandom(seed, "group stream");
  }

  take(count: number): TrainingGroup[] {
    return Array.from({ length: count }, () => this.#advance(this.#draw()));
  }

  /** Passes over so many groups without making them. */
  skip(count: number): void {
    for (let n = 0; n < count; n++) {
      const source = this.#draw();
      this.#given.set(source, (this.#given.get(source) ?? 0) + 1);
    }
  }

  #advance(source: GroupSource): TrainingGroup {
    const n = this.#given.get(source) ?? 0;
    this.#given.set(source, n + 1);
    return source.groupAt(n);
  }

  #draw(): GroupSource {
    const place = this.#random.fraction();
    if (this.own && (this.kinds.length === 0 || place < this.own.share)) return this.own;
    const sources = this.kinds[this.#drawn++ % this.kinds.length] ?? [];
    const total = sources.reduce((sum, { share }) => sum + share, 0);
    let left = this.#random.fraction() * total;
    return sources.find(({ share }) => (left -= share) < 0) ?? itemAt(sources, 0);
  }
}
