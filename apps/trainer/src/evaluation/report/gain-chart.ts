import { columnsOf } from "../columns.js";
import type { EvaluationResults } from "../results.js";
import { drawDifferenceChart } from "./difference-chart.js";
import { html, Markup } from "./html.js";
import { heightOf, INTERVAL_CHART_WIDTH } from "./interval-chart.js";
import { titleOf } from "./words.js";

/** The report's colours by day, as they are: not every program that shows a picture knows CSS variables. */
const STYLE = `
text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: #1c2128; }
.heading { font-size: 14px; font-weight: 700; }
.tick { fill: #667080; font-size: 11px; }
.grid { stroke: #d9dee5; } .origin { stroke: #667080; stroke-width: 1.2; }
.bar { opacity: 0.22; } .whisker { stroke-width: 2; }
.won .bar, .won .dot { fill: #15803d; } .won .whisker { stroke: #15803d; }
.lost .bar, .lost .dot { fill: #b91c1c; } .lost .whisker { stroke: #b91c1c; }
.open .bar, .open .dot { fill: #9aa3af; } .open .whisker { stroke: #9aa3af; }
`;
const MARGIN = 28;
const HEAD = 68;

/**
 * What the judged scorer wins over the best simple method of each world, as a picture (SVG) that needs nothing beside it.
 *
 * @param heading what was judged, such as the name of the folder
 */
export function renderGainChart(heading: string, results: EvaluationResults): string {
  const gains = columnsOf(results).flatMap(({ name, best }) => (best ? [{ name, best }] : []));
  const title = "Points of hit@1 won over the best simple method of each world";
  const chart = drawDifferenceChart(
    `${title}: ${heading}`,
    // Of several worlds together, the name is longer than there is room for.
    gains.map(({ name, best }) => ({ label: titleOf(name).replace(/^mean5: /, ""), difference: best })),
  );
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
    <rect width="${width}" height="${height}" fill="#fff" />
    <text class="heading" x="${MARGIN}" y="${MARGIN + 10}">${heading}</text>
    <text class="tick" x="${MARGIN}" y="${MARGIN + 28}">${title}; what is grey may be chance</text>
    <svg x="${MARGIN}" y="${HEAD}" width="${INTERVAL_CHART_WIDTH}" height="${inner}">${chart}</svg>
  </svg>`;
  return `${picture.text}\n`;
}
