import { thumbDistance } from "../shots/thumb-distance.js";
import type { Contender, ContendingFrame } from "./contender.js";
import { ContenderPool } from "./contender-pool.js";

/** Frames nearer than this (see thumbDistance) are one and the same picture. */
const SAME_PICTURE = 0.01;
/** A frame of a new shot must differ so much from every target before it. */
const NEAR_DUPLICATE = 0.02;
/** A further frame of a shot that has a target must show something else. */
const FURTHER_OF_SHOT = 0.06;
/** Contenders kept for each target that a window may give. */
const CONTENDERS_PER_TARGET = 4;
const LAST_RESORTS_KEPT = 4;

/**
 * Chooses targets while the video is being decoded, in bounded memory.
 *
 * The playing time is cut into as many windows as there shall be targets at least. At a window's end its best frames go
 * out: first the best of each shot that has none yet, then frames which show something else; as many as the share of the
 * most targets up to that point leaves. So targets go out in time order from an early moment on, and come from all
 * over the video. What was left is held in reserve, and fills up to the least number at the very end: those targets
 * come last, whatever their time.
 */
export class TargetChooser<Frame extends ContendingFrame> {
  readonly #windowMs: number;
  readonly #windows: number;
  readonly #contenders: ContenderPool<Frame>;
  readonly #reserve: ContenderPool<Frame>;
  readonly #lastResorts = new ContenderPool<Frame>(LAST_RESORTS_KEPT, SAME_PICTURE);
  #window = 0;
  #chosen: Contender<Frame>[] = [];

  constructor(
    durationMs: number,
    private readonly minTargets: number,
    private readonly maxTargets: number,
  ) {
    this.#windows = minTargets;
    this.#windowMs = Math.max(1, durationMs / minTargets);
    this.#contenders = new ContenderPool<Frame>(
      CONTENDERS_PER_TARGET * Math.ceil(maxTargets / minTargets),
      SAME_PICTURE,
    );
    this.#reserve = new ContenderPool<Frame>(minTargets, SAME_PICTURE);
  }

  /** @returns the targets that are settled by the arrival of this frame */
  add(contender: Contender<Frame>): Frame[] {
    const settled: Frame[] = [];
    const window = Math.floor(contender.frame.timestampMs / this.#windowMs);
    if (window > this.#window) {
      settled.push(...this.#closeWindow());
      this.#window = window;
    }
    if (contender.standing === "fit") this.#contenders.add(contender);
    else if (contender.standing === "setBack") this.#reserve.add(contender);
    else if (this.#chosen.length === 0) this.#lastResorts.add(contender);
    return settled;
  }

  /** The frames that may yet become targets. */
  *held(): Iterable<Frame> {
    for (const pool of [this.#contenders, this.#reserve, this.#lastResorts]) {
      for (const { frame } of pool.members) yield frame;
    }
  }

  /** @returns the targets that are still owed when the video is over */
  end(): Frame[] {
    const last = this.#closeWindow();
    const fill = this.#fillUp(this.#reserve);
    // Whatever is left is dark or faded: one of these is better than none, but not better than few.
    const resort = this.#chosen.length === 0 ? this.#fillUp(this.#lastResorts) : [];
    return [...last, ...fill, ...resort];
  }

  #closeWindow(): Frame[] {
    const due = Math.floor((this.maxTargets * Math.min(this.#window + 1, this.#windows)) / this.#windows);
    const before = this.#chosen.length;
    const candidates = [...this.#contenders.members].sort((one, other) => other.score - one.score);
    this.#contenders.clear();

    const shots = new Set(this.#chosen.map(({ frame }) => frame.shot));
    const take = (contender: Contender<Frame>, leastDistance: number): void => {
      if (this.#chosen.length >= due || !this.#differs(contender, leastDistance)) return;
      this.#chosen.push(contender);
      shots.add(contender.frame.shot);
    };
    for (const one of candidates) if (!shots.has(one.frame.shot)) take(one, NEAR_DUPLICATE);
    for (const one of candidates) take(one, FURTHER_OF_SHOT);
    for (const one of candidates) if (this.#chosen.length === before) take(one, NEAR_DUPLICATE);

    const taken = this.#chosen.slice(before);
    for (const one of candidates) if (!taken.includes(one)) this.#reserve.add(one);
    if (this.#chosen.length > 0) this.#lastResorts.clear();
    return byTime(taken);
  }

  #fillUp(pool: ContenderPool<Frame>): Frame[] {
    const before = this.#chosen.length;
    const candidates = [...pool.members].sort((one, other) => rank(other) - rank(one));
    for (const one of candidates) {
      if (this.#chosen.length >= this.minTargets) break;
      if (this.#differs(one, SAME_PICTURE)) this.#chosen.push(one);
    }
    return byTime(this.#chosen.slice(before));
  }

  #differs(contender: Contender<Frame>, leastDistance: number): boolean {
    return this.#chosen.every(({ thumb }) => thumbDistance(thumb, contender.thumb) >= leastDistance);
  }
}

function rank({ standing, score }: Contender): number {
  return standing === "fit" ? 1 + score : score;
}

function byTime<Frame extends ContendingFrame>(contenders: readonly Contender<Frame>[]): Frame[] {
  return contenders.map(({ frame }) => frame).sort((one, other) => one.timestampMs - other.timestampMs);
}
