/**
 * Area under the ROC curve: the probability that a sound picture scores above a spoiled one, a draw counting half.
 *
 * @returns NaN where either list is empty
 */
export function areaUnderCurve(sound: readonly number[], spoiled: readonly number[]): number {
  const sorted = [...spoiled].sort((one, other) => one - other);
  let wins = 0;
  for (const score of sound) wins += (countBelow(sorted, score, false) + countBelow(sorted, score, true)) / 2;
  return wins / (sound.length * spoiled.length);
}

function countBelow(sorted: readonly number[], score: number, orEqual: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = sorted[middle] ?? Infinity;
    if (value < score || (orEqual && value === score)) low = middle + 1;
    else high = middle;
  }
  return low;
}
