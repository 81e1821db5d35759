import type { PhotoCollection } from "../../photos/photo.js";
import { markDoubt, percent, signedPercent } from "../figures.js";
import type { EvaluationResults } from "../results.js";
import { columnsOf, type Column } from "../columns.js";
import { html, Markup } from "./html.js";
import { renderReliability } from "./reliability-chart.js";
import { renderBestTable, renderHitTable, renderOtherTables } from "./result-tables.js";
import { STYLE } from "./style.js";
import { aboutMethod, scorerName } from "./words.js";
import { renderWorld } from "./world-charts.js";

/** What was judged, by what, and when. */
export interface ReportFacts {
  /** Folders, as they were given. */
  readonly photos: readonly string[];
  readonly heldOut: boolean;
  readonly judged: readonly PhotoCollection[];
  readonly fitOn: readonly PhotoCollection[];
  readonly viewers: number;
  readonly seed: number;
  /** The encoder's version. */
  readonly encoder: string;
  readonly models: readonly { readonly method: string; readonly modelVersion: string }[];
  /** What a reader must know before believing a figure. */
  readonly warnings: readonly string[];
  readonly date: Date;
}

const LEGEND = html`<ul class="legend">
  <li>Left:</li>
  <li class="key shipped">the scorer that is judged</li>
  <li class="key learned">fitted on other interests</li>
  <li class="key baseline">fitted on nothing</li>
  <li>Right, that scorer is:</li>
  <li class="key won">better</li>
  <li class="key lost">worse</li>
  <li class="key open">better or worse by chance</li>
</ul>`;

/** A page that explains itself and needs nothing beside it: no network, no script, no file. */
export function renderReport(facts: ReportFacts, results: EvaluationResults): string {
  const columns = columnsOf(results);
  const page = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>Facet: how well covers are chosen</title>
      <style>
        ${new Markup(STYLE)}
      </style>
    </head>
    <body>
      <main>
        <h1>How well covers are chosen</h1>
        <p class="faint">
          Made-up viewers who liked some pictures look at made-up videos. Every method chooses one frame for each
          viewer; it is right if it shows what that viewer likes.
        </p>
        ${renderVerdict(columns)} ${facts.warnings.map((warning) => html`<p class="warning">${warning}</p>`)}
        ${renderFacts(facts)} ${renderBestTable(columns)}
        <h2>World by world</h2>
        ${LEGEND} ${columns.map(renderWorld)} ${results.reliability.length === 0 ? "" : renderProbabilities(results)}
        <h2>All figures</h2>
        <p>
          Means over viewers, with 95% intervals below them. Intervals are from a bootstrap that draws whole interests,
          because viewers who share an interest succeed and fail together.
        </p>
        ${renderHitTable(columns)} ${renderOtherTables(results)}
        <h2>The methods</h2>
        <dl class="glossary">
          ${[...new Set(results.results.map(({ method }) => method))].map(
            (method) =>
              html`<dt>${method}</dt>
                <dd>${aboutMethod(method)}</dd>`,
          )}
        </dl>
      </main>
    </body>
  </html>`;
  return `<!doctype html>\n${page.text}\n`;
}

/** The answer in a sentence: of all worlds together where they were judged, of the first one otherwise. */
function renderVerdict([column]: readonly Column[]): Markup {
  const judged = column?.hits.find(({ kind }) => kind === "shipped");
  const best = column?.best;
  const rival = column?.hits.find(({ method }) => method === best?.best)?.hitAt1;
  if (!column || !judged || !best || !rival) return html``;
  const { mean, low, high } = best.hitAt1;
  const where = column.name === "mean5" ? "Over five worlds together" : `In world ${column.name}`;
  return html`<p class="verdict">
    ${where}, the ${scorerName(judged.method)} finds a right frame for <strong>${percent(judged.hitAt1.mean)}%</strong>
    of the viewers, and the best simple method (${best.best ?? ""}) for ${percent(rival.mean)}%: a difference of
    <strong>${signedPercent(mean)} points</strong> (95% interval ${signedPercent(low)} to
    ${signedPercent(high)})${markDoubt(best)}.
  </p>`;
}

function renderFacts({ photos, heldOut, judged, fitOn, viewers, seed, encoder, models, date }: ReportFacts): Markup {
  const count = (collections: readonly PhotoCollection[]) =>
    collections.map(({ name, interests }) => `${name}: ${interests.length}`).join(", ");
  const facts: [string, string][] = [
    ["Folders", photos.join(", ")],
    ["Interests judged", `${count(judged)}${heldOut ? " (held out of training)" : ""}`],
    ["Interests that fitted the metric", fitOn.length === 0 ? "none: there are no lda methods" : count(fitOn)],
    ["Viewers in each world", String(viewers)],
    ["Seed", String(seed)],
    ["Models", models.map(({ method, modelVersion }) => `${method}: ${modelVersion}`).join(", ") || "none"],
    ["Encoder", encoder],
    ["Date", date.toISOString().slice(0, 16).replace("T", " ") + " UTC"],
  ];
  return html`<dl class="facts">
    ${facts.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
}

function renderProbabilities({ reliability }: EvaluationResults): Markup {
  return html`<h2>Can the probabilities be believed?</h2>
    <p>
      Each dot gathers decisions of like probability, the larger the more of them: on the dashed line, a cover chosen
      with 70% is right 7 times in 10; above it the scorer is too modest, below it too sure. (In W0 there is nothing to
      know, and no scorer can tell.)
    </p>
    ${renderReliability(reliability)}`;
}
