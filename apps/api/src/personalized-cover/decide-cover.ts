/** A candidate frame with the probability that it was given. */
export interface WeighedFrame {
  /** When the frame is shown, in milliseconds from the start. */
  readonly timestampMs: number;
  /** 0..1 */
  readonly probability: number;
}

/**
 * Picks the most probable frame (claim 3). Equal probabilities go to the earlier frame, so that a decision can be repeated.
 *
 * @throws RangeError where there is no frame
 */
export function decideCover<Frame extends WeighedFrame>(frames: readonly Frame[]): Frame {
  const [first, ...others] = frames;
  if (first === undefined) throw new RangeError("A cover is chosen from at least one frame.");
  return others.reduce((best, frame) => (isBetter(frame, best) ? frame : best), first);
}

function isBetter(frame: WeighedFrame, best: WeighedFrame): boolean {
  if (frame.probability !== best.probability) return frame.probability > best.probability;
  return frame.timestampMs < best.timestampMs;
}
