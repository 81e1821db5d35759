import type { VideoStateFragment } from "@facet/client";

/** Far beyond what a slow laptop needs between two steps of an ingest. */
const PATIENCE_MS = 3 * 60 * 1000;

/** Ends the waiting for videos that do not get on, as where no worker runs: a demo is watched, and should not hang. */
export class StallWatch {
  readonly #states = new Map<string, string>();
  #movedAt: number;

  constructor(
    private readonly patienceMs = PATIENCE_MS,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#movedAt = now();
  }

  /**
   * Takes note of how far a video is. Whatever moves counts for all: a video may wait in the queue for another.
   *
   * @throws Error where nothing has moved for too long
   */
  note({ id, status, ingest: { stage, progress, attempts } }: VideoStateFragment): void {
    const state = `${status}, ${stage} at ${Math.round(progress * 100)}% in attempt ${attempts}`;
    if (this.#states.get(id) !== state) this.#movedAt = this.now();
    this.#states.set(id, state);
    if (this.now() - this.#movedAt < this.patienceMs) return;
    const time = `${Math.round(this.patienceMs / 1000)} s`;
    throw new Error(`Video "${id}" is ${state}, and no video has moved for ${time}: the demo waits no longer.`);
  }
}
