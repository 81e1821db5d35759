import { columnsOf } from "../columns.js";
import { signedPercent } from "../figures.js";
import type { EvaluationResults } from "../results.js";
import { html, Markup } from "./html.js";
import { drawIntervalChart, heightOf, INTERVAL_CHART_WIDTH, roundTicks } from "./interval-chart.js";
import { STYLE } from "./style.js";
import { titleOf } from "./words.js";
import { outcomeOf } from "./world-charts.js";

const MARGIN = 16;
const HEAD = 52;

/**
 * What the shipped scorer wins over the best simple method of each world, as a picture (SVG) that needs nothing beside it.
 *
 * @param heading what was judged, such as the name of the folder
 */
export function renderGainChart(heading: string, results: EvaluationResults): string {
  const gains = columnsOf(results).flatMap(({ name, best }) => (best ? [{ name, best }] : []));
  const from = Math.min(-0.05, ...gains.map(({ best }) => best.hitAt1.low));
  const to = Math.max(0.05, ...gains.map(({ best }) => best.hitAt1.high));
  const margin = (to - from) * 0.04;
  const title = "What the shipped scorer wins over the best simple method of each world, points of hit@1";
  const chart = drawIntervalChart({
    title: `${title}: ${heading}`,
    rows: gains.map(({ name, best }) => ({
      label: titleOf(name),
      estimate: best.hitAt1,
      figure: signedPercent(best.hitAt1.mean),
      tone: outcomeOf(best),
    })),
    from: from - margin,
    to: to + margin,
    ticks: roundTicks(from, to),
    tickText: (tick) => (Math.abs(tick) < 1e-9 ? "0" : signedPercent(tick).replace(/\.0$/, "")),
    origin: 0,
  });
  const width = INTERVAL_CHART_WIDTH + 2 * MARGIN;
  const inner = heightOf(gains.length);
  const height = HEAD + inner + MARGIN;
  const picture = html`<svg
    xmlns="http://www.w3.org/2000/svg"
    width="${width}"
    height="${height}"
    viewBox="0 0 ${width} ${height}"
  >
    <style>
      ${new Markup(STYLE)}
    </style>
    <rect width="${width}" height="${height}" fill="var(--ground)" />
    <text x="${MARGIN}" y="${MARGIN + 10}" font-size="14" font-weight="700">${heading}</text>
    <text class="tick" x="${MARGIN}" y="${MARGIN + 28}">${title}; grey may be chance</text>
    <svg x="${MARGIN}" y="${HEAD}" width="${INTERVAL_CHART_WIDTH}" height="${inner}">${chart}</svg>
  </svg>`;
  return `${picture.text}\n`;
}
