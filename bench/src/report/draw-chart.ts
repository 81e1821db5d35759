import { describeGoal, isMet, reached, type Limit, type MeasuredRow } from "../measured-row.js";
import { formatFigure } from "./format-figure.js";

const WIDTH = 960;
const LABELS = 330;
const FIGURES = 190;
const LINE = 30;
const TOP = 74;
const COLOUR = { met: "#2f7d5b", missed: "#b4532a", rule: "#1c1b19", text: "#1c1b19", faint: "#6b6862" } as const;
/** Of the scale, to both sides of the goal: the bars of 16 times better and 16 times worse are cut off. */
const DOUBLINGS = 4;

/**
 * A bar a row, on a scale of doublings: how much better than its goal (to the right) or worse (to the left) it is. Rows of
 * seconds, requests and megabytes can so be told apart at one glance.
 */
export function drawChart(measured: readonly MeasuredRow[]): string {
  const rows = measured.filter(hasLimit);
  const height = TOP + rows.length * LINE + 24;
  const marks = rows.map((row, place) => drawRow(row, TOP + place * LINE));
  const font = "font-family='Inter, Segoe UI, Helvetica, Arial, sans-serif'";
  const middle = placeOf(0);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" ${font}>`,
    `<rect width="100%" height="100%" fill="#faf9f7"/>`,
    text(24, 32, "Each figure by its goal", { size: 18, colour: COLOUR.text, weight: 600 }),
    text(24, 54, "a bar to the right is better than the goal, to the left worse; a mark is a doubling", {
      size: 12,
      colour: COLOUR.faint,
    }),
    ...ticks().map(
      (x) => `<line x1="${x}" x2="${x}" y1="${TOP - 8}" y2="${height - 20}" stroke="#dedbd4" stroke-width="1"/>`,
    ),
    ...marks,
    `<line x1="${middle}" x2="${middle}" y1="${TOP - 12}" y2="${height - 16}" stroke="${COLOUR.rule}" stroke-width="1.5"/>`,
    "</svg>",
    "",
  ].join("\n");
}

type LimitedRow = MeasuredRow & { readonly goal: Limit };

function hasLimit(row: MeasuredRow): row is LimitedRow {
  return row.goal.kind !== "none";
}

function drawRow(row: LimitedRow, top: number): string {
  const { limit, kind } = row.goal;
  const better = kind === "ratio at least" ? reached(row) / limit : limit / reached(row);
  // A goal of nothing is kept or not: there is no by how much.
  const doublings = Number.isFinite(better) && better > 0 ? Math.log2(better) : isMet(row) ? DOUBLINGS : -DOUBLINGS;
  const [from, to] = [placeOf(0), placeOf(Math.max(-DOUBLINGS, Math.min(DOUBLINGS, doublings)))];
  const colour = isMet(row) ? COLOUR.met : COLOUR.missed;
  const value =
    row.goal.kind === "figure at most" ? `${formatFigure(row.figure)} ${row.unit}` : `${formatFigure(reached(row))} x`;
  return [
    text(24, top + 15, row.name, { size: 13, colour: COLOUR.text }),
    `<rect x="${Math.min(from, to)}" y="${top + 3}" width="${Math.max(1, Math.abs(to - from)).toFixed(1)}" height="16" rx="2" fill="${colour}"/>`,
    text(WIDTH - FIGURES + 12, top + 15, `${value} (goal ${describeGoal(row)})`, { size: 12, colour }),
  ].join("\n");
}

function placeOf(doublings: number): number {
  const middle = (LABELS - 130 + WIDTH - FIGURES) / 2;
  const reach = (WIDTH - FIGURES - (LABELS - 130)) / 2 - 10;
  return Math.round((middle + (doublings / DOUBLINGS) * reach) * 10) / 10;
}

function ticks(): number[] {
  return Array.from({ length: 2 * DOUBLINGS + 1 }, (_, place) => placeOf(place - DOUBLINGS));
}

interface TextStyle {
  readonly size: number;
  readonly colour: string;
  readonly weight?: number;
}

function text(x: number, y: number, words: string, { size, colour, weight = 400 }: TextStyle): string {
  const safe = words.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${colour}">${safe}</text>`;
}
