import { describeGoal, isMet, ratioOf, type MeasuredRow } from "../measured-row.js";
import { formatFigure } from "./format-figure.js";

/** A line for each row, on standard output. */
export function printRows(rows: readonly MeasuredRow[]): void {
  for (const row of rows) {
    const ratio = ratioOf(row);
    const against = row.floor === null ? "" : ` against ${formatFigure(row.floor.value)} (${row.floor.what})`;
    const by = ratio === null ? "" : `: ${formatFigure(ratio)} x`;
    const goal = `${isMet(row) ? "met" : "MISSED"} (goal ${describeGoal(row)})`;
    const verdict = row.goal.kind === "none" ? "for the record" : goal;
    console.log(`${row.name.padEnd(14)} ${formatFigure(row.figure)} ${row.unit}${against}${by}, ${verdict}`);
  }
}
