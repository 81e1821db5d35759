/**
 * Largest magnitude of a number that is handed in. Squares of larger ones, summed, leave what 32 bits can hold, and every
 * probability would be NaN; a network's features are below 1e6.
 */
export const LARGEST_NUMBER = 1e15;

/** Whether each is a number from -1e15 to 1e15. By index: through an iterator it takes five times as long. */
export function areWithinLimit(numbers: Float32Array): boolean {
  let place = 0;
  // Written so that NaN, which compares with nothing, is not within.
  while (place < numbers.length && Math.abs(numbers[place] ?? NaN) <= LARGEST_NUMBER) place++;
  return place === numbers.length;
}
