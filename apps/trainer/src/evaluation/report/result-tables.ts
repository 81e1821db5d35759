import type { Estimate } from "../clustered-bootstrap.js";
import { percent, signedPercent } from "../figures.js";
import type { EvaluationResults, MethodResult } from "../results.js";
import type { Column } from "../columns.js";
import { html, type Markup } from "./html.js";
import { outcomeOf } from "./difference-chart.js";
import { isJudgedScorer } from "./words.js";

/** hit@1 of all methods, worlds taken together included. */
export function renderHitTable(columns: readonly Column[]): Markup {
  return renderTable(
    "hit@1, percent",
    columns.map(({ name }) => name),
    columns.map(({ hits }) => new Map(hits.map(({ method, hitAt1 }) => [method, hitAt1]))),
    percent,
  );
}

/** The measures beside hit@1. */
export function renderOtherTables({ results }: EvaluationResults): Markup[] {
  const worlds = [...new Set(results.map(({ world }) => world))];
  const table = (title: string, measure: (result: MethodResult) => Estimate | undefined) =>
    renderTable(
      title,
      worlds,
      worlds.map((world) => new Map(results.filter((r) => r.world === world).map((r) => [r.method, measure(r)]))),
      (figure) => figure.toFixed(3),
    );
  return [
    table("Mean reciprocal rank (MRR)", ({ mrr }) => mrr),
    table("nDCG@5", ({ ndcg5 }) => ndcg5),
    table("Calibration error (ECE)", ({ ece }) => ece),
  ];
}

/** What the judged scorer wins over the best simple method of each world. */
export function renderBestTable(columns: readonly Column[]): Markup {
  const rows = columns.flatMap(({ name, best }) => (best ? [{ name, best }] : []));
  if (rows.length === 0) return html``;
  return html`<div class="wide">
    <table>
      <caption>
        The scorer that is judged against the best simple method, points of hit@1
      </caption>
      <thead>
        <tr>
          <th scope="col">World</th>
          <th scope="col" class="text">Best simple method</th>
          <th scope="col">Difference</th>
          <th scope="col">95% interval</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ name, best }) =>
            html`<tr class="${outcomeOf(best)}">
              <th scope="row">${name}</th>
              <td class="text">${best.best ?? ""}</td>
              <td class="outcome">${signedPercent(best.hitAt1.mean)}</td>
              <td>${signedPercent(best.hitAt1.low)} to ${signedPercent(best.hitAt1.high)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function renderTable(
  title: string,
  columns: readonly string[],
  figures: readonly ReadonlyMap<string, Estimate | undefined>[],
  print: (figure: number) => string,
): Markup {
  const methods = [...new Set(figures.flatMap((column) => [...column.keys()]))].filter((method) =>
    figures.some((column) => column.get(method) !== undefined),
  );
  return html`<div class="wide">
    <table>
      <caption>
        ${title}
      </caption>
      <thead>
        <tr>
          <th scope="col">Method</th>
          ${columns.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${methods.map(
          (method) =>
            html`<tr class="${isJudgedScorer(method) ? "shipped" : ""}">
              <th scope="row">${method}</th>
              ${figures.map((column) => renderCell(column.get(method), print))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function renderCell(estimate: Estimate | undefined, print: (figure: number) => string): Markup {
  if (!estimate) return html`<td></td>`;
  return html`<td>${print(estimate.mean)}<small>${print(estimate.low)}–${print(estimate.high)}</small></td>`;
}
