import { markDoubt, percent, signedPercent } from "../figures.js";
import type { Column } from "../columns.js";
import { drawDifferenceChart } from "./difference-chart.js";
import { html, type Markup } from "./html.js";
import { drawIntervalChart } from "./interval-chart.js";
import { aboutWorld, titleOf, scorerName } from "./words.js";

/** One world: who finds the right frame, and what the judged scorer wins over each. */
export function renderWorld(column: Column): Markup {
  return html`<section class="world">
    <h3>${titleOf(column.name)}</h3>
    <p>${aboutWorld(column.name)}</p>
    <div class="pair">
      <figure>
        ${drawHits(column)}
        <figcaption>${sayHits(column)}</figcaption>
      </figure>
      ${
        column.differences.length === 0
          ? ""
          : html`<figure>
              ${drawDifferences(column)}
              <figcaption>${sayDifferences(column)}</figcaption>
            </figure>`
      }
    </div>
  </section>`;
}

function drawHits({ name, hits }: Column): Markup {
  const chance = hits.find(({ method }) => method === "random")?.hitAt1.mean;
  return drawIntervalChart({
    title: `Viewers for whom each method finds a right frame, in percent: ${titleOf(name)}`,
    rows: [...hits]
      .sort((a, b) => b.hitAt1.mean - a.hitAt1.mean)
      .map(({ method, kind, hitAt1 }) => ({
        label: method,
        estimate: hitAt1,
        figure: `${percent(hitAt1.mean)}%`,
        tone: kind,
      })),
    from: 0,
    to: 1,
    ticks: [0, 0.2, 0.4, 0.6, 0.8, 1],
    tickText: (tick) => `${(100 * tick).toFixed(0)}%`,
    origin: 0,
    ...(chance !== undefined && { reference: { at: chance, text: "chance" } }),
  });
}

function sayHits({ hits }: Column): string {
  const how = "Each dot is the share of viewers whose top frame was right, and the line through it the 95% interval.";
  const judged = hits.find(({ kind }) => kind === "shipped");
  if (!judged) return how;
  return `The ${scorerName(judged.method)} finds a right frame for ${percent(judged.hitAt1.mean)}% of the viewers. ${how}`;
}

function drawDifferences({ name, differences }: Column): Markup {
  return drawDifferenceChart(
    `What the scorer wins over each method, in points: ${titleOf(name)}`,
    [...differences]
      .sort((a, b) => a.hitAt1.mean - b.hitAt1.mean)
      .map((difference) => ({ label: difference.against, difference })),
  );
}

function sayDifferences({ best }: Column): string {
  const how =
    "The scorer minus the other, over the same viewers: right of the line the scorer is better, and grey means that it may be chance.";
  if (!best) return how;
  const { mean, low, high } = best.hitAt1;
  const range = `${signedPercent(mean)} points (${signedPercent(low)} to ${signedPercent(high)})`;
  return `Against the best simple method here, ${best.best ?? "?"}, the difference is ${range}${markDoubt(best)}. ${how}`;
}
