import { InputError } from "../graphql/user-errors.js";

/** How far ahead of ours a caller's clock may be. */
const CLOCK_SKEW_MS = 5 * 60 * 1000;

/**
 * When an image was liked; now where that was not said.
 *
 * @throws InputError INVALID_TIME
 */
export function readLikedAt(likedAt: Date | null | undefined, now: Date): Date {
  const time = likedAt ?? now;
  if (time.getTime() > now.getTime() + CLOCK_SKEW_MS) {
    const message = `likedAt is ${time.toISOString()}: it may lie at most five minutes in the future.`;
    throw new InputError("INVALID_TIME", "likedAt", message);
  }
  if (time.getTime() < 0) throw new InputError("INVALID_TIME", "likedAt", "likedAt lies before the year 1970.");
  return time;
}
