/** Mean absolute difference of two thumbnails of one size: 0 the same .. 1 black against white. */
export function thumbDistance(one: Uint8Array, other: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += Math.abs((one[at] ?? 0) - (other[at] ?? 0));
  return sum / one.length / 255;
}

/**
 * How far a thumbnail is from the mix of two others, on the scale of thumbDistance.
 *
 * @param share of `to` in the mix, 0..1
 */
export function distanceFromMix(thumb: Uint8Array, from: Uint8Array, to: Uint8Array, share: number): number {
  let sum = 0;
  for (let at = 0; at < thumb.length; at++) {
    const before = from[at] ?? 0;
    sum += Math.abs((thumb[at] ?? 0) - before - share * ((to[at] ?? 0) - before));
  }
  return sum / thumb.length / 255;
}
