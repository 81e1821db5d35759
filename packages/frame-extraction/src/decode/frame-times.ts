import type { DecoderPipe } from "./decoder-pipes.js";
import type { FrameTime } from "./frame-picker.js";

const COMPLAINTS_KEPT = 20;

/**
 * Reads the exact time of each frame from what ffmpeg's `showinfo` filter writes to its log.
 *
 * Its `pts_time` is rounded to six digits, a tenth of a second in a long film; so the whole-numbered pts is multiplied
 * by the time base, which the filter tells whenever it is set up.
 */
export class FrameTimes {
  #timeBase = Number.NaN;
  readonly #others: string[] = [];

  constructor(private readonly log: DecoderPipe) {}

  /** @returns the time of the next frame; undefined where the log ends */
  async next(): Promise<FrameTime | undefined> {
    for (;;) {
      const line = await this.log.readUntil("\n");
      if (line === undefined) return undefined;

      const base = /config in time_base: *(\d+)\/(\d+)/.exec(line);
      if (base) this.#timeBase = Number(base[1]) / Number(base[2]);

      // Not anchored to the filter's name: another thread's message may stand before it in the line.
      const frame = /\bn: *(\d+) pts: *(-?\d+|NOPTS) .*\biskey:(\d)/.exec(line);
      if (frame) return { n: Number(frame[1]), seconds: Number(frame[2]) * this.#timeBase, isKey: frame[3] === "1" };

      if (!base && !line.includes("showinfo")) this.#remember(line);
    }
  }

  /** The last that the log said beside times. */
  async complaints(): Promise<readonly string[]> {
    while ((await this.next()) !== undefined);
    return this.#others;
  }

  #remember(line: string): void {
    this.#others.push(line);
    if (this.#others.length > COMPLAINTS_KEPT) this.#others.shift();
  }
}
