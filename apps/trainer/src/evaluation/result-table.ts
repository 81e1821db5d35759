import Table from "cli-table3";
import { columnsOf, type Column } from "./columns.js";
import { markDoubt, percent, signedPercent } from "./figures.js";
import type { EvaluationResults } from "./results.js";

/** Columns that a terminal has where it does not say. */
const USUAL_WIDTH = 120;
/** Of a cell like " 94.3* 91.5–96.7 ", with its border. */
const CELL_WIDTH = 18;
/** Spaces and borders beside the longest name. */
const NAME_MARGIN = 4;

/**
 * What a person reads in a terminal: hit@1 of every method in every world, and what the judged scorer wins over the
 * best of the simple methods. MRR, nDCG@5 and the other differences are in the JSON file and the report.
 *
 * @param width columns; worlds that do not fit go into another table below
 */
export function renderResults(
  results: EvaluationResults,
  width = process.stdout.isTTY ? process.stdout.columns : USUAL_WIDTH,
): string {
  const columns = columnsOf(results);
  const longest = Math.max(...results.results.map(({ method }) => method.length));
  const fitting = Math.max(1, Math.floor((width - longest - NAME_MARGIN) / CELL_WIDTH));
  const tables: string[] = [];
  for (let start = 0; start < columns.length; start += fitting) {
    tables.push(renderHits(results, columns.slice(start, start + fitting)));
  }
  return [
    `hit@1 in percent, with 95% intervals by a bootstrap over interests. ${results.viewers} viewers a world; * is the best but the oracle.`,
    ...tables,
    ...renderBest(columns),
    ...renderCalibration(results),
  ].join("\n\n");
}

function renderHits({ results }: EvaluationResults, columns: readonly Column[]): string {
  const table = new Table({
    head: ["", ...columns.map(({ name }) => name)],
    style: { head: [], border: [], compact: true },
  });
  for (const method of new Set(results.map((result) => result.method))) {
    const cells = columns.map(({ hits }) => {
      const row = hits.find((hit) => hit.method === method);
      if (!row) return "";
      const best = Math.max(...hits.filter(({ kind }) => kind !== "oracle").map(({ hitAt1 }) => hitAt1.mean));
      const { mean, low, high } = row.hitAt1;
      const mark = row.kind !== "oracle" && mean === best ? "*" : " ";
      const range = low === high ? "" : ` ${percent(low)}–${percent(high)}`;
      return `${percent(mean)}${mark}${range}`.trimEnd();
    });
    table.push([method, ...cells]);
  }
  return table.toString();
}

function renderBest(columns: readonly Column[]): string[] {
  const lines = columns.flatMap(({ name, best }) => {
    if (!best) return [];
    const { mean, low, high } = best.hitAt1;
    const range = `${signedPercent(mean).padStart(6)} (${signedPercent(low)} to ${signedPercent(high)})`;
    return [`  ${name.padEnd(6)} ${range} over ${best.best ?? ""}${markDoubt(best)}`];
  });
  const judged = columns.find(({ best }) => best)?.best?.method ?? "";
  return lines.length === 0 ? [] : [[`${judged} against the best simple method, points:`, ...lines].join("\n")];
}

function renderCalibration({ results, summaries }: EvaluationResults): string[] {
  const calibrated = results.filter(({ ece }) => ece !== undefined);
  const lines = [...new Set(calibrated.map(({ method }) => method))].map((method) => {
    const rows = calibrated.filter((result) => result.method === method);
    const together = summaries.filter((summary) => summary.method === method && summary.ece !== undefined);
    const cells = [...rows.map(({ world, ece }) => ({ name: world, ece })), ...together];
    return `  ${method}: ${cells.map(({ name, ece }) => `${name} ${ece?.mean.toFixed(3) ?? ""}`).join(", ")}`;
  });
  return lines.length === 0
    ? []
    : [["Calibration error (ECE); mean5 is of its five worlds' viewers taken together:", ...lines].join("\n")];
}
