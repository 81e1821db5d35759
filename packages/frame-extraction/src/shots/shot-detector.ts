import { isFading, levelsOf, type Levels } from "./fade.js";
import { distanceFromMix, thumbDistance } from "./thumb-distance.js";

/** A change this small between two frames is never a cut. */
const SMALLEST_CUT = 0.04;
/** A cut stands out so many times from the changes around it; motion and flicker do not. */
const CUT_STANDS_OUT = 3;
/** ... and so many times from the changes right before and after it, which fast motion swells but a cut does not. */
const CUT_STANDS_ALONE = 2.5;
/** A change this large is a cut whatever is around it: in a fast slideshow every change is one. */
const SURE_CUT = 0.18;
/** So many frames after a flash the picture is again what it was before. */
const FLASH_FRAMES = 3;

/** Half widths, in ms, of the windows in which a frame is held against the mix of the window's ends. */
const MIX_REACHES_MS = [200, 400];
/** Between the ends of a window inside a fade or dissolve there is at least this difference. */
const SMALLEST_FADE = 0.03;
/** How near, as a share of that difference, a frame is to the mix: motion and cuts are at 0.5 and above. */
const MIX_TOLERANCE = 0.2;
/** Frames so near to a fade still show some of it. */
const FADE_MARGIN_MS = 120;
/** How far around a frame is looked for a change of shot: farther away it does no harm. */
const STEADY_MS = 250;
/** What lies before and after a fade are two shots where they differ by this. */
const SHOTS_DIFFER = 0.06;

interface Seen<Frame> {
  readonly frame: Frame;
  readonly thumb: Uint8Array;
  readonly timeMs: number;
  readonly levels: Levels;
  /** Distance from the frame before; 0 for the first. */
  readonly change: number;
  isMix: boolean;
  /** Whether it begins a shot by a cut; undefined until asked. */
  isCut: boolean | undefined;
}

/** A frame with what was found out about it. */
export interface Placed<Frame> {
  readonly frame: Frame;
  /** Number of its shot, from 0. */
  readonly shot: number;
  /** It is inside a fade or a dissolve, or next to one. */
  readonly inTransition: boolean;
  /** See FrameQuality. */
  readonly steadiness: number;
}

/**
 * Finds shots. It is given every frame of a video in order, and gives each back a little later, once what comes after is
 * known.
 *
 * A cut is a change that stands out from those around it (as the adaptive detectors of the trade have it), unless the
 * picture soon returns: a flash. A fade or dissolve is a frame that is nearly the mix of a frame before and a frame
 * after which differ: an overlay of two pictures is just that, while anything that moves is not. A fade of a picture
 * that moves is found by its levels.
 */
export class ShotDetector<Frame> {
  /** Frames on each side of the one that is looked at. */
  readonly #reach: number;
  readonly #margin: number;
  /** Frames on each side among which a change of shot is looked for; no fewer than `margin`. */
  readonly #horizon: number;
  /** Up to `reach + horizon` frames whose mix is known, the one that is looked at, and up to `reach` after it. */
  readonly #seen: Seen<Frame>[] = [];
  #looked = 0;
  #given = 0;
  #shot = 0;
  #beforeFade: Uint8Array | undefined;

  /** @param frameRate frames a second, on average */
  constructor(frameRate: number) {
    const framesIn = (ms: number): number => Math.round((ms / 1000) * Math.min(frameRate, 60));
    this.#reach = Math.max(FLASH_FRAMES, framesIn(Math.max(...MIX_REACHES_MS)));
    this.#margin = Math.max(1, framesIn(FADE_MARGIN_MS));
    this.#horizon = Math.max(this.#margin, framesIn(STEADY_MS));
  }

  /** @returns the frames, in order, about which all is known now */
  add(frame: Frame, thumb: Uint8Array, timeMs: number): Placed<Frame>[] {
    const previous = this.#seen.at(-1);
    const change = previous ? thumbDistance(previous.thumb, thumb) : 0;
    this.#seen.push({ frame, thumb, timeMs, levels: levelsOf(thumb), change, isMix: false, isCut: undefined });
    return this.#advance(this.#seen.length - this.#reach, this.#seen.length - this.#reach - this.#horizon);
  }

  /** @returns the frames that are left, after the last was added */
  end(): Placed<Frame>[] {
    return this.#advance(this.#seen.length, this.#seen.length);
  }

  /** Looks at frames before position `look`, then gives those before position `give`. */
  #advance(look: number, give: number): Placed<Frame>[] {
    for (; this.#looked < look; this.#looked++) {
      const seen = this.#seen[this.#looked];
      if (seen) seen.isMix = this.#isMix(this.#looked);
    }
    const placed: Placed<Frame>[] = [];
    for (; this.#given < give; this.#given++) placed.push(this.#place(this.#given));

    // Behind what was given only as many are kept as the next one may look back at.
    const spare = this.#given - this.#reach - this.#horizon;
    if (spare > 0) {
      this.#seen.splice(0, spare);
      this.#looked -= spare;
      this.#given -= spare;
    }
    return placed;
  }

  #place(at: number): Placed<Frame> {
    const seen = this.#at(at);
    const inTransition = this.#seen
      .slice(Math.max(0, at - this.#margin), at + this.#margin + 1)
      .some((one) => one.isMix);

    if (inTransition) {
      this.#beforeFade ??= this.#seen[at - 1]?.thumb ?? seen.thumb;
    } else if (this.#beforeFade) {
      if (thumbDistance(this.#beforeFade, seen.thumb) >= SHOTS_DIFFER) this.#shot += 1;
      this.#beforeFade = undefined;
    }
    if (!inTransition && this.#isCut(at)) this.#shot += 1;
    return { frame: seen.frame, shot: this.#shot, inTransition, steadiness: this.#steadiness(at) };
  }

  /** The time to the nearest frame on the other side of a cut, or inside a fade, as a share of STEADY_MS. */
  #steadiness(at: number): number {
    const { timeMs } = this.#at(at);
    let nearestMs = STEADY_MS;
    const from = Math.max(1, at - this.#horizon);
    for (let other = from; other <= at + this.#horizon && other < this.#seen.length; other++) {
      const { isMix, timeMs: otherMs } = this.#at(other);
      if (isMix) nearestMs = Math.min(nearestMs, Math.abs(otherMs - timeMs));
      if (!this.#isCut(other)) continue;
      const beyond = other <= at ? this.#at(other - 1) : this.#at(other);
      nearestMs = Math.min(nearestMs, Math.abs(beyond.timeMs - timeMs));
    }
    return nearestMs / STEADY_MS;
  }

  #isCut(at: number): boolean {
    const seen = this.#at(at);
    return (seen.isCut ??= this.#findCut(at));
  }

  #findCut(at: number): boolean {
    const { change } = this.#at(at);
    if (change < SMALLEST_CUT || this.#isFlash(at)) return false;
    if (change >= SURE_CUT) return true;

    const around = [...this.#changes(at - this.#reach, at), ...this.#changes(at + 1, at + this.#reach)];
    const usual = around.reduce((sum, one) => sum + one, 0) / Math.max(1, around.length);
    const nextTo = Math.max(0, ...this.#changes(at - 2, at), ...this.#changes(at + 1, at + 3));
    return change >= CUT_STANDS_OUT * usual && change >= CUT_STANDS_ALONE * nextTo;
  }

  /** The picture soon is again what it was before this change, or by this change is again what it was not long before. */
  #isFlash(at: number): boolean {
    const returns = (from: number, to: number): boolean => {
      const [one, other] = [this.#seen[from], this.#seen[to]];
      return (
        one !== undefined && other !== undefined && thumbDistance(one.thumb, other.thumb) < this.#at(at).change / 2
      );
    };
    for (let frames = 1; frames <= FLASH_FRAMES; frames++) {
      if (returns(at - 1, at + frames) || returns(at - 1 - frames, at)) return true;
    }
    return false;
  }

  #changes(from: number, to: number): number[] {
    return this.#seen.slice(Math.max(0, from), Math.max(0, to)).map((one) => one.change);
  }

  #isMix(at: number): boolean {
    const { thumb, timeMs, levels } = this.#at(at);
    return MIX_REACHES_MS.some((reachMs) => {
      const from = this.#neighbour(at, -1, reachMs);
      const to = this.#neighbour(at, 1, reachMs);
      if (!from || !to || to.timeMs <= from.timeMs) return false;
      if (isFading(from.levels, levels, to.levels)) return true;
      const difference = thumbDistance(from.thumb, to.thumb);
      if (difference < SMALLEST_FADE) return false;
      const share = (timeMs - from.timeMs) / (to.timeMs - from.timeMs);
      return distanceFromMix(thumb, from.thumb, to.thumb, share) <= MIX_TOLERANCE * difference;
    });
  }

  /** The farthest frame within `reachMs`, or the next one where that is farther. */
  #neighbour(at: number, step: 1 | -1, reachMs: number): Seen<Frame> | undefined {
    const { timeMs } = this.#at(at);
    let found = this.#seen[at + step];
    for (let next = at + 2 * step; Math.abs(next - at) <= this.#reach; next += step) {
      const candidate = this.#seen[next];
      if (!candidate || Math.abs(candidate.timeMs - timeMs) > reachMs) break;
      found = candidate;
    }
    return found;
  }

  #at(position: number): Seen<Frame> {
    const seen = this.#seen[position];
    if (seen === undefined) throw new RangeError("A frame was asked for that is no longer kept.");
    return seen;
  }
}
