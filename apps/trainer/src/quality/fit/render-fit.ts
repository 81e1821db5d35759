import Table from "cli-table3";
import type { QualityWeights } from "@facet/frame-extraction";
import type { Estimate } from "../../evaluation/clustered-bootstrap.js";
import type { KindVerdict } from "./judge-weights.js";

/** Every measure with what its values are worth. */
export function renderWeightTable({ faultless, measures }: QualityWeights): string {
  const table = new Table({ head: ["measure", "value: log-odds"], style: { head: [], border: [] } });
  for (const [measure, { points }] of Object.entries(measures)) {
    table.push([measure, points.map(([value, logOdds]) => `${value}: ${logOdds.toFixed(2)}`).join("  ")]);
  }
  table.push(["(faultless)", faultless.toFixed(2)]);
  return table.toString();
}

/** How well sound pictures are told from each kind of spoiled ones. */
export function renderVerdicts(verdicts: readonly KindVerdict[]): string {
  const table = new Table({
    head: ["spoiled by", "pictures", "AUC", "AUC, set by eye", "above its own copy"],
    style: { head: [], border: [] },
  });
  for (const { kind, examples, auc, aucByEye, aboveOwnCopy } of verdicts) {
    table.push([kind, examples, show(auc), show(aucByEye), aboveOwnCopy ? show(aboveOwnCopy) : ""]);
  }
  return table.toString();
}

function show({ mean, low, high }: Estimate): string {
  return `${mean.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}
