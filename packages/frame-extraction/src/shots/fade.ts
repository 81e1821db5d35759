/** Mean and spread of a thumbnail's samples, 0..1. */
export interface Levels {
  readonly mean: number;
  readonly deviation: number;
}

/** Below this ratio between the ends of a window the picture has been dimmed; sways of light are smaller. */
const DIMMED = 0.88;
/** How far, as logarithms, the spread may have changed otherwise than the mean. */
const TOGETHER = 0.3;
/** Ends this dark or this flat have no ratio worth comparing. */
const SMALLEST = 0.004;

export function levelsOf(thumb: Uint8Array): Levels {
  let sum = 0;
  let squares = 0;
  for (const value of thumb) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / thumb.length;
  return { mean: mean / 255, deviation: Math.sqrt(Math.max(0, squares / thumb.length - mean * mean)) / 255 };
}

/**
 * Whether a picture that may move is being faded from or to black, given the levels of a frame and of one before and one
 * after it. A fade multiplies every sample by one number, so that mean and spread change by the same ratio, and by about
 * half of it half way. (From or to white the same holds of the distance from white; but bright scenes that tilt into
 * the ground look alike, so that there only the mix of two pictures counts.)
 */
export function isFading(before: Levels, here: Levels, after: Levels): boolean {
  if (Math.min(before.mean, after.mean, before.deviation, after.deviation) < SMALLEST) return false;
  const means = Math.log(after.mean / before.mean);
  const deviations = Math.log(after.deviation / before.deviation);
  if (Math.abs(means) < -Math.log(DIMMED) || Math.abs(deviations - means) > TOGETHER * Math.abs(means)) return false;

  const share = (here.mean - before.mean) / (after.mean - before.mean);
  return share > 0.2 && share < 0.8;
}
