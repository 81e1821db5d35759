const CHANNELS = 3;
const BINS_EACH = 32;
const STEP = 256 / BINS_EACH;

/** Numbers in a colour histogram: 32 bins of red, then of green, then of blue. */
export const HISTOGRAM_BINS = CHANNELS * BINS_EACH;

/**
 * How a picture's pixels spread over the values of each channel.
 *
 * @param rgb [pixel, 3] bytes
 * @returns   [96] share of the pixels in each bin, 0..1; each channel's sum to 1
 */
export function colourHistogram(rgb: Uint8Array): Float32Array {
  const histogram = new Float32Array(HISTOGRAM_BINS);
  const share = CHANNELS / rgb.length;
  const counts = new Uint32Array(HISTOGRAM_BINS);
  rgb.forEach((value, i) => {
    const bin = (i % CHANNELS) * BINS_EACH + Math.floor(value / STEP);
    counts[bin] = (counts[bin] ?? 0) + 1;
  });
  counts.forEach((count, bin) => (histogram[bin] = count * share));
  return histogram;
}
