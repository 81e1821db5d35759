import type { Estimate } from "../clustered-bootstrap.js";
import { html, type Markup } from "./html.js";

export interface IntervalRow {
  readonly label: string;
  /** In the chart's unit. */
  readonly estimate: Estimate;
  /** What is written at the end of the row. */
  readonly figure: string;
  /** Class of the row: its colour. */
  readonly tone: string;
}

export interface IntervalChart {
  /** Said to those who cannot see it. */
  readonly title: string;
  readonly rows: readonly IntervalRow[];
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
  readonly tickText: (tick: number) => string;
  /** Rows are drawn as bars from here, and a line stands here. */
  readonly origin: number;
  /** A dashed line, with what it means. */
  readonly reference?: { readonly at: number; readonly text: string };
}

export const INTERVAL_CHART_WIDTH = 540;
const LABELS = 170;
const FIGURES = 60;
const ROW = 19;
const TOP = 20;
const BOTTOM = 24;
const PLOT = INTERVAL_CHART_WIDTH - LABELS - FIGURES;

/** Of a chart of so many rows, where it is drawn at its width. */
export function heightOf(rows: number): number {
  return TOP + rows * ROW + BOTTOM;
}

/** Rows of a bar, a dot at the mean and a line over the interval. */
export function drawIntervalChart(chart: IntervalChart): Markup {
  const bottom = TOP + chart.rows.length * ROW;
  const x = (value: number) =>
    LABELS + (PLOT * (Math.min(chart.to, Math.max(chart.from, value)) - chart.from)) / (chart.to - chart.from);
  return html`<svg
    viewBox="0 0 ${INTERVAL_CHART_WIDTH} ${heightOf(chart.rows.length)}"
    role="img"
    aria-label="${chart.title}"
  >
    ${chart.ticks.map(
      (tick) =>
        html`<line class="grid" x1="${x(tick)}" x2="${x(tick)}" y1="${TOP}" y2="${bottom}" /><text
            class="tick"
            x="${x(tick)}"
            y="${bottom + 15}"
            text-anchor="middle"
          >
            ${chart.tickText(tick)}
          </text>`,
    )}
    ${chart.rows.map((row, i) => drawRow(row, TOP + (i + 0.5) * ROW, x, chart.origin))}
    <line class="origin" x1="${x(chart.origin)}" x2="${x(chart.origin)}" y1="${TOP}" y2="${bottom}" />
    ${chart.reference ? drawReference(chart.reference, x, bottom) : ""}
  </svg>`;
}

function drawRow(
  { label, estimate, figure, tone }: IntervalRow,
  y: number,
  x: (value: number) => number,
  origin: number,
): Markup {
  const [start, end] = [x(origin), x(estimate.mean)].sort((a, b) => a - b) as [number, number];
  return html`<g class="row ${tone}">
    <text class="label" x="${LABELS - 8}" y="${y + 4}" text-anchor="end">${label}</text>
    <rect class="bar" x="${start}" y="${y - 5}" width="${end - start}" height="10" />
    <line class="whisker" x1="${x(estimate.low)}" x2="${x(estimate.high)}" y1="${y}" y2="${y}" />
    <circle class="dot" cx="${x(estimate.mean)}" cy="${y}" r="3.2" />
    <text class="figure" x="${INTERVAL_CHART_WIDTH}" y="${y + 4}" text-anchor="end">${figure}</text>
  </g>`;
}

function drawReference(
  { at, text }: NonNullable<IntervalChart["reference"]>,
  x: (value: number) => number,
  bottom: number,
): Markup {
  return html`<line class="reference" x1="${x(at)}" x2="${x(at)}" y1="${TOP - 5}" y2="${bottom}" /><text
      class="tick"
      x="${x(at)}"
      y="${TOP - 8}"
      text-anchor="middle"
    >
      ${text}
    </text>`;
}

/** Round numbers that part a range into about so many steps. */
export function roundTicks(from: number, to: number, steps = 5): number[] {
  const rough = (to - from) / steps;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(from / step);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}
