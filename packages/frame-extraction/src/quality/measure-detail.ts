import { at0, type LumaPicture } from "./luma-picture.js";

/** The tiles of which the calmest tell the noise, px. */
const TILE = 8;
/** So large a share of the tiles counts as calm. */
const CALM = 0.1;
/** Noise is cut off at black and white, so tiles nearer to either tell nothing. */
const CLIPPED = 0.04;

/** Variance of the 4-neighbour Laplacian (Pech-Pacheco et al. 2000) over all pixels but the border. */
export function laplacianVariance({ luma, width, height }: LumaPicture): number {
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

/**
 * Standard deviation of noise. The mask of Immerkaer (1996), "Fast noise variance estimation", which is blind to edges
 * and slopes, on tiles; the calmest tenth of them tells, because texture looks like noise and calm places do not.
 */
export function measureNoise({ luma, width, height }: LumaPicture): number {
  const deviations: number[] = [];
  for (let top = 1; top + TILE < height; top += TILE) {
    for (let left = 1; left + TILE < width; left += TILE) {
      let response = 0;
      let brightness = 0;
      for (let y = top; y < top + TILE; y++) {
        for (let at = y * width + left; at < y * width + left + TILE; at++) {
          const corners =
            at0(luma, at - width - 1) +
            at0(luma, at - width + 1) +
            at0(luma, at + width - 1) +
            at0(luma, at + width + 1);
          const sides = at0(luma, at - 1) + at0(luma, at + 1) + at0(luma, at - width) + at0(luma, at + width);
          response += Math.abs(corners - 2 * sides + 4 * at0(luma, at));
          brightness += at0(luma, at);
        }
      }
      const mean = brightness / TILE ** 2;
      // The mask's response to noise of deviation 1 has deviation 6; the mean of its size is sqrt(2 / pi) of that.
      if (mean > CLIPPED && mean < 1 - CLIPPED) deviations.push((response / TILE ** 2 / 6) * Math.sqrt(Math.PI / 2));
    }
  }
  deviations.sort((one, other) => one - other);
  return deviations[Math.floor(CALM * deviations.length)] ?? 0;
}

/**
 * 1 minus the ratio of fine detail (root mean square of second differences) along the direction that has least of it to
 * that across it. Motion during the exposure wipes out detail along its way and leaves it across.
 */
export function measureSmear({ luma, width, height }: LumaPicture): number {
  let [level, falling, upright, rising] = [0, 0, 0, 0];
  for (let y = 1; y < height - 1; y++) {
    for (let at = y * width + 1; at < (y + 1) * width - 1; at++) {
      const twice = 2 * at0(luma, at);
      level += (at0(luma, at - 1) + at0(luma, at + 1) - twice) ** 2;
      upright += (at0(luma, at - width) + at0(luma, at + width) - twice) ** 2;
      falling += (at0(luma, at - width - 1) + at0(luma, at + width + 1) - twice) ** 2;
      rising += (at0(luma, at - width + 1) + at0(luma, at + width - 1) - twice) ** 2;
    }
  }
  return 1 - Math.sqrt(Math.min(ratio(level, upright), ratio(falling, rising)));
}

/** Of the smaller to the larger; 1 where there is nothing of either. */
function ratio(one: number, other: number): number {
  return one === other ? 1 : Math.min(one, other) / Math.max(one, other);
}
