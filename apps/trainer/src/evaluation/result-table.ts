import Table from "cli-table3";
import type { World } from "../episodes/episode.js";
import type { Estimate } from "./clustered-bootstrap.js";
import type { EvaluationResults, MethodResult } from "./results.js";

/** The tables that a person reads: methods by worlds, percent with 95% intervals. */
export function renderResults({ results, differences, viewers }: EvaluationResults): string {
  const worlds = [...new Set(results.map(({ world }) => world))];
  const methods = [...new Set(results.map(({ method }) => method))];
  const find = (method: string, world: World) => results.find((r) => r.method === method && r.world === world);

  const hits = newTable(["hit@1, %", ...worlds]);
  for (const method of methods) hits.push([method, ...worlds.map((world) => hitCell(find(method, world), results))]);

  const order = newTable(["MRR / nDCG@5", ...worlds]);
  for (const method of methods) {
    order.push([method, ...worlds.map((world) => orderCell(find(method, world)))]);
  }
  const parts = [
    `${viewers} viewers a world; 95% intervals by a bootstrap over interests; * the best but the oracle.`,
    hits.toString(),
    order.toString(),
  ];

  const calibrated = results.flatMap((result) => (result.ece ? [{ ...result, ece: result.ece }] : []));
  if (calibrated.length > 0) {
    const line = calibrated.map(({ world, method, ece }) => `${world} ${method} ${ece.mean.toFixed(3)}`);
    parts.push(`Calibration error (ECE): ${line.join(", ")}`);
  }
  if (differences.length > 0) {
    const table = newTable(["shipped minus, points", ...worlds]);
    for (const against of [...new Set(differences.map((d) => d.against))]) {
      const cells = worlds.map((world) => differences.find((d) => d.against === against && d.world === world)?.hitAt1);
      table.push([against, ...cells.map((difference) => (difference ? differenceCell(difference) : ""))]);
    }
    parts.push(table.toString());
  }
  return parts.join("\n\n");
}

function newTable(head: string[]) {
  return new Table({ head, style: { head: [], border: [], compact: true }, colAligns: ["left"] });
}

function hitCell(result: MethodResult | undefined, all: readonly MethodResult[]): string {
  if (!result) return "";
  const rivals = all.filter(({ world, kind }) => world === result.world && kind !== "oracle");
  const best = Math.max(...rivals.map(({ hitAt1 }) => hitAt1.mean));
  const mark = result.kind !== "oracle" && result.hitAt1.mean === best ? "*" : "";
  return `${percent(result.hitAt1.mean)}${mark} (${percent(result.hitAt1.low)}–${percent(result.hitAt1.high)})`;
}

function orderCell(result: MethodResult | undefined): string {
  return result ? `${result.mrr.mean.toFixed(3)} / ${result.ndcg5.mean.toFixed(3)}` : "";
}

/** Only a difference whose interval leaves out 0 is one. */
function differenceCell({ mean, low, high }: Estimate): string {
  const range = `(${signed(low)} to ${signed(high)})`;
  return low > 0 || high < 0 ? `${signed(mean)} ${range}` : `${signed(mean)} ${range} ?`;
}

function percent(fraction: number): string {
  return (100 * fraction).toFixed(1);
}

function signed(fraction: number): string {
  return `${fraction >= 0 ? "+" : "−"}${percent(Math.abs(fraction))}`;
}
