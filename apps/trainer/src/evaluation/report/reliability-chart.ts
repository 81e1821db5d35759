import type { Reliability } from "../results.js";
import { html, type Markup } from "./html.js";
import { titleOf } from "./words.js";

const SIDE = 220;
const EDGE = 34;
const LARGEST_DOT = 8;
const SMALLEST_DOT = 2;

/** Probability against truth: one square per world, with one line for each method that gives probabilities. */
export function renderReliability(all: readonly Reliability[]): Markup {
  const worlds = [...new Set(all.map(({ world }) => world))];
  const methods = [...new Set(all.map(({ method }) => method))];
  return html`<ul class="legend">
      ${methods.map((method, i) => html`<li class="series series-${i}">${method}</li>`)}
    </ul>
    <div class="squares">
      ${worlds.map(
        (world) =>
          html`<figure>
            ${drawSquare(
              world,
              all.filter((reliability) => reliability.world === world),
              methods,
            )}
            <figcaption>${titleOf(world)}</figcaption>
          </figure>`,
      )}
    </div>`;
}

function drawSquare(world: string, lines: readonly Reliability[], methods: readonly string[]): Markup {
  const x = (share: number) => EDGE + share * SIDE;
  const y = (share: number) => 8 + (1 - share) * SIDE;
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  return html`<svg
    viewBox="0 0 ${SIDE + EDGE + 20} ${SIDE + 42}"
    role="img"
    aria-label="Probability against hit rate: ${titleOf(world)}"
  >
    ${ticks.map(
      (tick) =>
        html`<line class="grid" x1="${x(tick)}" x2="${x(tick)}" y1="${y(0)}" y2="${y(1)}" /><line
            class="grid"
            x1="${x(0)}"
            x2="${x(1)}"
            y1="${y(tick)}"
            y2="${y(tick)}"
          /><text class="tick" x="${x(tick)}" y="${y(0) + 14}" text-anchor="middle">${100 * tick}%</text
          ><text class="tick" x="${EDGE - 4}" y="${y(tick) + 4}" text-anchor="end">${100 * tick}%</text>`,
    )}
    <line class="reference" x1="${x(0)}" x2="${x(1)}" y1="${y(0)}" y2="${y(1)}" />
    <text class="tick" x="${x(0.5)}" y="${y(0) + 29}" text-anchor="middle">probability given</text>
    ${lines.map((line) => drawLine(line, methods.indexOf(line.method), x, y))}
  </svg>`;
}

function drawLine(
  { bins }: Reliability,
  series: number,
  x: (share: number) => number,
  y: (share: number) => number,
): Markup {
  const total = bins.reduce((sum, { decisions }) => sum + decisions, 0);
  const points = bins.map(({ confidence, hitRate }) => `${x(confidence).toFixed(1)},${y(hitRate).toFixed(1)}`);
  return html`<g class="series series-${series}">
    <polyline class="line" points="${points.join(" ")}" />
    ${bins.map(
      ({ confidence, hitRate, decisions }) =>
        html`<circle
          class="dot"
          cx="${x(confidence)}"
          cy="${y(hitRate)}"
          r="${Math.max(SMALLEST_DOT, LARGEST_DOT * Math.sqrt(decisions / total))}"
          ><title>${decisions} decisions: ${100 * confidence}% expected, ${100 * hitRate}% right</title></circle
        >`,
    )}
  </g>`;
}
