import type { FrameQuality } from "@facet/domain";
import { at0, type LumaPicture } from "./luma-picture.js";

/** The histogram of `uniformity`: a twentieth of the range of luma each. */
const BINS = 20;
/** Luma that is as good as black, and as white. */
const CRUSHED = 0.02;
const BLOWN = 0.98;
/** The tiles of `detail`, px. */
const TILE = 16;
/** A tile whose luma deviates less is flat: sky, a wall, the ground of a title. */
const FLAT = 0.02;

type Tones = Pick<FrameQuality, "brightness" | "contrast" | "uniformity" | "clipping">;

/** What the histogram tells. */
export function measureTones(luma: Float32Array): Tones {
  const bins = new Uint32Array(BINS);
  let sum = 0;
  let squares = 0;
  let clipped = 0;
  for (const value of luma) {
    sum += value;
    squares += value * value;
    if (value <= CRUSHED || value >= BLOWN) clipped += 1;
    const bin = Math.min(BINS - 1, Math.floor(value * BINS));
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  const count = luma.length;
  const brightness = sum / count;
  return {
    brightness,
    contrast: Math.sqrt(Math.max(0, squares / count - brightness * brightness)),
    uniformity: Math.max(...bins) / count,
    clipping: clipped / count,
  };
}

/** Share of tiles that are not flat. */
export function measureDetail({ luma, width, height }: LumaPicture): number {
  let tiles = 0;
  let busy = 0;
  for (let top = 0; top < height; top += TILE) {
    for (let left = 0; left < width; left += TILE) {
      const bottom = Math.min(height, top + TILE);
      const right = Math.min(width, left + TILE);
      let sum = 0;
      let squares = 0;
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          const value = at0(luma, y * width + x);
          sum += value;
          squares += value * value;
        }
      }
      const count = (bottom - top) * (right - left);
      tiles += 1;
      if (squares / count - (sum / count) ** 2 >= FLAT * FLAT) busy += 1;
    }
  }
  return busy / tiles;
}
