import type { Logger } from "pino";
import type { IngestStage } from "../generated/prisma/client.js";

/** Between two notes of one stage: a row a second is enough for whoever watches. */
const NOTE_EVERY_MS = 1000;

/** Where each stage lies in the whole, 0..1: most of the time goes into decoding and encoding, which run side by side. */
const SHARES = {
  FETCHING: { from: 0, to: 0.1 },
  DECODING: { from: 0.1, to: 0.1 },
  ENCODING: { from: 0.1, to: 0.95 },
  STORING: { from: 0.95, to: 0.95 },
} as const;

export type StageUnderWay = keyof typeof SHARES;

/** Writes down how far an ingest is: each stage as it begins, and within one no more than a note a second. */
export class IngestProgress {
  #stage: IngestStage | undefined;
  #notedAt = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly write: (stage: StageUnderWay, progress: number) => Promise<void>,
    private readonly log: Logger,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** @param share how much of the stage is done, 0..1 */
  note(stage: StageUnderWay, share = 0): void {
    const now = this.now();
    if (stage === this.#stage && now - this.#notedAt < NOTE_EVERY_MS) return;
    this.#stage = stage;
    this.#notedAt = now;
    const { from, to } = SHARES[stage];
    const progress = from + (to - from) * Math.min(1, Math.max(0, share));
    // One after another; one that fails costs the ingest nothing.
    this.#writing = this.#writing
      .then(() => this.write(stage, progress))
      .catch((error: unknown) => this.log.warn({ err: error }, "the progress of an ingest could not be written"));
  }

  /** When all notes are written: nothing is to be written later than the end. */
  async settle(): Promise<void> {
    await this.#writing;
  }
}
