import { at0, type LumaPicture } from "./luma-picture.js";

/** Luma within a letter differs by no more: letters are painted in one colour. */
const FLAT = 0.02;
/** How far a letter stands out from both of its sides, within `RAMP` px. */
const CONTRAST = 0.25;
const RAMP = 2;
/** Wider is no stroke of a letter, px. */
const WIDEST = 24;
/** Letters of one title have one luma, within this. */
const ONE_COLOUR = 0.02;

/** A stretch of a row that is flat and ends hard on both sides. */
interface Bar {
  readonly length: number;
  readonly level: number;
}

/**
 * Share of the picture covered by letters that are large enough to be flat within: pixels of flat, hard-edged bars, as
 * far as the bars are of one luma (their number is multiplied by the share of all such bars' pixels that has it).
 * Highlights and leaves make such bars too, but of all shades.
 */
export function measureLargeLetters(picture: LumaPicture): number {
  const { bright, dark } = barsOf(picture);
  return Math.max(ofOneColour(bright), ofOneColour(dark)) / picture.luma.length;
}

function barsOf({ luma, width, height }: LumaPicture): { bright: Bar[]; dark: Bar[] } {
  const bright: Bar[] = [];
  const dark: Bar[] = [];
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let start = 0;
    while (start < width) {
      const first = start;
      let low = at0(luma, row + first);
      let high = low;
      for (start += 1; start < width; start++) {
        const value = at0(luma, row + start);
        if (Math.max(high, value) - Math.min(low, value) > FLAT) break;
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
      const length = start - first;
      const after = start - 1 + RAMP;
      if (length > WIDEST || first < RAMP || after >= width) continue;
      const level = (low + high) / 2;
      const overLeft = level - at0(luma, row + first - RAMP);
      const overRight = level - at0(luma, row + after);
      if (Math.min(overLeft, overRight) >= CONTRAST) bright.push({ length, level });
      if (Math.max(overLeft, overRight) <= -CONTRAST) dark.push({ length, level });
    }
  }
  return { bright, dark };
}

/** Most pixels within one range of luma, times their share of all pixels of bars. */
function ofOneColour(bars: Bar[]): number {
  bars.sort((one, other) => one.level - other.level);
  const total = bars.reduce((sum, { length }) => sum + length, 0);
  let most = 0;
  let within = 0;
  let first = 0;
  for (const { length, level } of bars) {
    within += length;
    for (let low = bars[first]; low && level - low.level > ONE_COLOUR; low = bars[++first]) within -= low.length;
    most = Math.max(most, within);
  }
  return total === 0 ? 0 : (most * most) / total;
}
