import { thumbDistance } from "../shots/thumb-distance.js";
import type { Contender, ContendingFrame } from "./contender.js";

/**
 * A bounded set of contenders that differ. Of two that are nearly the same the better one stays; when the pool is full
 * the worst one leaves, but the last of its shot only where every shot has one left.
 */
export class ContenderPool<Frame extends ContendingFrame> {
  #members: Contender<Frame>[] = [];

  constructor(
    private readonly capacity: number,
    /** See thumbDistance. */
    private readonly leastDistance: number,
  ) {}

  get members(): readonly Contender<Frame>[] {
    return this.#members;
  }

  add(contender: Contender<Frame>): void {
    const same = this.#members.filter((one) => thumbDistance(one.thumb, contender.thumb) < this.leastDistance);
    if (same.some((one) => isBetter(one, contender))) return;
    this.#members = this.#members.filter((one) => !same.includes(one));
    this.#members.push(contender);
    if (this.#members.length > this.capacity) this.#dropWorst();
  }

  clear(): void {
    this.#members = [];
  }

  #dropWorst(): void {
    const perShot = new Map<number, number>();
    for (const { frame } of this.#members) perShot.set(frame.shot, (perShot.get(frame.shot) ?? 0) + 1);
    const spare = this.#members.filter(({ frame }) => (perShot.get(frame.shot) ?? 0) > 1);
    const worst = (spare.length > 0 ? spare : this.#members).reduce((low, one) => (isBetter(low, one) ? one : low));
    this.#members = this.#members.filter((one) => one !== worst);
  }
}

function isBetter(one: Contender, other: Contender): boolean {
  if (one.standing !== other.standing) return one.standing === "fit";
  return one.score >= other.score;
}
