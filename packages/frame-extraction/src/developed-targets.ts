import { jpegSize } from "./decode/jpeg-size.js";
import type { ExtractedFrame } from "./extracted-frame.js";
import type { FullPicture, FullPictures } from "./full-size/full-pictures.js";
import type { LookedAtFrame } from "./target-choice.js";

interface Developing {
  readonly target: LookedAtFrame;
  readonly jpeg: Promise<Uint8Array>;
  isSettled: boolean;
}

/** Targets while their JPEGs are made, given out in the order in which they were chosen; and the pictures of the others. */
export class DevelopedTargets {
  readonly #developing: Developing[] = [];
  readonly #undecided = new Set<FullPicture>();

  /** @param signal where it aborts, no target is given out any more: its reason is thrown */
  constructor(
    private readonly pictures: FullPictures,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** @param picture of a frame of which it will be known later whether it is wanted */
  hold(picture: FullPicture): void {
    this.#undecided.add(picture);
  }

  async develop(targets: readonly LookedAtFrame[]): Promise<void> {
    for (const target of targets) {
      await this.pictures.develop(target.full);
      const { jpeg } = target.full;
      if (jpeg === undefined) throw new Error("A picture was discarded, and then chosen.");
      const one = { target, jpeg, isSettled: false };
      const settle = (): void => void (one.isSettled = true);
      jpeg.then(settle, settle);
      this.#developing.push(one);
    }
  }

  /** Gives up every picture but those that may yet be wanted. */
  discardAllBut(held: Iterable<LookedAtFrame>): void {
    const wanted = new Set<FullPicture>();
    for (const { full } of held) wanted.add(full);
    for (const picture of this.#undecided) {
      if (wanted.has(picture)) continue;
      this.#undecided.delete(picture);
      this.pictures.discard(picture);
    }
  }

  /** Those that are ready now. */
  async *takeReady(): AsyncGenerator<ExtractedFrame, void, undefined> {
    while (this.#developing[0]?.isSettled === true) yield await this.#takeFirst(this.#developing[0]);
  }

  /** The others, when no more will come. */
  async *takeRest(): AsyncGenerator<ExtractedFrame, void, undefined> {
    this.pictures.end();
    for (let [first] = this.#developing; first !== undefined; [first] = this.#developing) {
      yield await this.#takeFirst(first);
    }
  }

  async #takeFirst({ target, jpeg: pending }: Developing): Promise<ExtractedFrame> {
    this.signal?.throwIfAborted();
    this.#developing.shift();
    const jpeg = await pending.catch((error: unknown) => {
      this.signal?.throwIfAborted(); // What else fails then does so because of it.
      throw error;
    });
    const { index, timestampMs, shot, rgb, quality } = target;
    return { index, timestampMs, shot, rgb, quality, jpeg, ...jpegSize(jpeg) };
  }
}
