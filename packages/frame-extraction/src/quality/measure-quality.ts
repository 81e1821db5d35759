import type { FrameQuality } from "@facet/domain";

/** The histogram of `uniformity`: a twentieth of the range of luma each. */
const BINS = 20;

/**
 * Measures a picture. The measures are comparable between pictures of one size only; the service takes 224 x 224 px.
 *
 * @param rgb [height,width,3], 0..255
 * @throws RangeError where the length does not fit the size, or a side is below 3 px
 */
export function measureQuality(rgb: Uint8Array, width: number, height: number): FrameQuality {
  if (rgb.length !== width * height * 3 || width < 3 || height < 3) {
    throw new RangeError(`A picture of ${width} x ${height} px in RGB cannot have ${rgb.length} bytes.`);
  }
  const luma = lumaOf(rgb);
  const { mean, deviation } = meanAndDeviation(luma);
  return {
    brightness: mean,
    contrast: deviation,
    sharpness: laplacianVariance(luma, width, height),
    uniformity: fullestBinShare(luma),
    colourfulness: colourfulness(rgb),
  };
}

/** Rec. 601, 0..1. */
function lumaOf(rgb: Uint8Array): Float32Array {
  const luma = new Float32Array(rgb.length / 3);
  for (let pixel = 0, at = 0; pixel < luma.length; pixel++, at += 3) {
    luma[pixel] = (0.299 * at0(rgb, at) + 0.587 * at0(rgb, at + 1) + 0.114 * at0(rgb, at + 2)) / 255;
  }
  return luma;
}

function meanAndDeviation(values: Float32Array): { mean: number; deviation: number } {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / values.length - mean * mean)) };
}

/** Variance of the 4-neighbour Laplacian (Pech-Pacheco et al. 2000) over all pixels but the border. */
function laplacianVariance(luma: Float32Array, width: number, height: number): number {
  let sum = 0;
  let squares = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let at = y * width + 1; at < (y + 1) * width - 1; at++) {
      const value =
        at0(luma, at - 1) + at0(luma, at + 1) + at0(luma, at - width) + at0(luma, at + width) - 4 * at0(luma, at);
      sum += value;
      squares += value * value;
    }
  }
  const count = (width - 2) * (height - 2);
  return Math.max(0, squares / count - (sum / count) ** 2);
}

function fullestBinShare(luma: Float32Array): number {
  const bins = new Uint32Array(BINS);
  for (const value of luma) {
    const bin = Math.min(BINS - 1, Math.floor(value * BINS));
    bins[bin] = at0(bins, bin) + 1;
  }
  return Math.max(...bins) / luma.length;
}

/** Hasler and Suesstrunk (2003), "Measuring colourfulness in natural images", divided by 255. */
function colourfulness(rgb: Uint8Array): number {
  let redGreen = 0;
  let yellowBlue = 0;
  let squares = 0;
  for (let at = 0; at < rgb.length; at += 3) {
    const red = at0(rgb, at);
    const green = at0(rgb, at + 1);
    const rg = red - green;
    const yb = (red + green) / 2 - at0(rgb, at + 2);
    redGreen += rg;
    yellowBlue += yb;
    squares += rg * rg + yb * yb;
  }
  const count = rgb.length / 3;
  const meanSquared = (redGreen / count) ** 2 + (yellowBlue / count) ** 2;
  const deviation = Math.sqrt(Math.max(0, squares / count - meanSquared));
  return (deviation + 0.3 * Math.sqrt(meanSquared)) / 255;
}

/** Indices here are in range by construction; the fallback only satisfies the compiler. */
function at0(values: Uint8Array | Uint32Array | Float32Array, index: number): number {
  return values[index] ?? 0;
}
