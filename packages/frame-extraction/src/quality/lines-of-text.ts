import { at0, type LumaPicture } from "./luma-picture.js";

/** How far a stroke stands out from both of its sides. */
const CONTRAST = 0.25;
/** Wider is no stroke of small writing, px. */
const WIDEST = 14;
/** Letters have hard edges: a stroke rises within so many px, and falls within three times as many. */
const RAMP = 3;
/** A step down that is only noise on a rise, and the other way round. */
const WAVER = 0.005;
/** The part of a stroke's height that counts as its top. */
const TOP = 0.4;
/** Strokes further apart are not of one line of writing, px. */
const GAP = 22;
/** Writing has one colour: neighbours' tops differ by at most so much of their contrast. */
const LEVEL_DIFFERS = 0.25;
/** A row of a line of writing crosses at least so many strokes. */
const FEWEST_STROKES = 5;
/** A row counts where this many of the rows up to `BAND` above and below it cross writing there, too. */
const ROWS_AROUND = 3;
const BAND = 3;

interface Stroke {
  readonly start: number;
  readonly end: number;
  readonly top: number;
  readonly contrast: number;
}

/** Share of the picture covered by lines of small writing. */
export function measureLinesOfText(picture: LumaPicture): number {
  return Math.max(shareOfLines(picture, 1), shareOfLines(picture, -1));
}

/** @param polarity 1 for bright writing, -1 for dark */
function shareOfLines({ luma, width, height }: LumaPicture, polarity: 1 | -1): number {
  const covered = new Uint8Array(width * height);
  const row = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) row[x] = polarity * at0(luma, y * width + x);
    for (const { start, end } of linesOf(strokesOf(row))) covered.fill(1, y * width + start, y * width + end + 1);
  }
  let count = 0;
  for (let at = 0; at < covered.length; at++) {
    if (covered[at] === 0) continue;
    let around = 0;
    // Beyond the picture's ends there is nothing to be read.
    for (let rows = 1; rows <= BAND; rows++) {
      around += (covered[at - rows * width] ?? 0) + (covered[at + rows * width] ?? 0);
    }
    if (around >= ROWS_AROUND) count += 1;
  }
  return count / covered.length;
}

/** Narrow peaks of a row with steep sides. */
function strokesOf(row: Float32Array): Stroke[] {
  const strokes: Stroke[] = [];
  let from = 0;
  while (from < row.length - 1) {
    let peak = from;
    while (peak < row.length - 1 && at0(row, peak + 1) >= at0(row, peak) - WAVER) peak += 1;
    if (peak === from) {
      from += 1;
      continue;
    }
    const top = at0(row, peak);
    const rise = top - at0(row, from);
    if (rise < CONTRAST) {
      from = peak;
      continue;
    }
    let foot = peak;
    while (foot < row.length - 1 && at0(row, foot + 1) <= at0(row, foot) + WAVER) foot += 1;
    const fall = top - at0(row, foot);
    let start = peak;
    while (start > from && at0(row, start - 1) >= top - TOP * rise) start -= 1;
    let end = peak;
    while (end < foot && at0(row, end + 1) >= top - TOP * rise) end += 1;
    const isSteep = start - from <= RAMP && foot - end <= 3 * RAMP;
    if (fall >= CONTRAST && isSteep && end - start < WIDEST) {
      strokes.push({ start, end, top, contrast: Math.min(rise, fall) });
    }
    from = Math.max(foot, peak);
  }
  return strokes;
}

/** Runs of strokes that are near each other and of one colour. */
function linesOf(strokes: readonly Stroke[]): { start: number; end: number }[] {
  const lines: { start: number; end: number }[] = [];
  let first = 0;
  for (let at = 1; at <= strokes.length; at++) {
    const before = strokes[at - 1];
    const stroke = strokes[at];
    if (before && stroke && continues(before, stroke)) continue;
    const start = strokes[first]?.start;
    if (at - first >= FEWEST_STROKES && before && start !== undefined) lines.push({ start, end: before.end });
    first = at;
  }
  return lines;
}

function continues(before: Stroke, stroke: Stroke): boolean {
  const mayDiffer = LEVEL_DIFFERS * Math.min(stroke.contrast, before.contrast);
  return stroke.start - before.end <= GAP && Math.abs(stroke.top - before.top) <= mayDiffer;
}
