import { isCertain, signedPercent } from "../figures.js";
import type { Difference } from "../results.js";
import type { Markup } from "./html.js";
import { drawIntervalChart, roundTicks } from "./interval-chart.js";

/** Share of the range that stays free at either end. */
const MARGIN = 0.04;

/** Rows of differences in hit@1, in points, about a line at 0: what is won to the right of it. */
export function drawDifferenceChart(
  title: string,
  rows: readonly { readonly label: string; readonly difference: Difference }[],
): Markup {
  const from = Math.min(-0.05, ...rows.map(({ difference }) => difference.hitAt1.low));
  const to = Math.max(0.05, ...rows.map(({ difference }) => difference.hitAt1.high));
  const margin = (to - from) * MARGIN;
  return drawIntervalChart({
    title,
    rows: rows.map(({ label, difference }) => ({
      label,
      estimate: difference.hitAt1,
      figure: signedPercent(difference.hitAt1.mean),
      tone: outcomeOf(difference),
    })),
    from: from - margin,
    to: to + margin,
    ticks: roundTicks(from, to),
    tickText: (tick) => (Math.abs(tick) < 1e-9 ? "0" : signedPercent(tick).replace(/\.0$/, "")),
    origin: 0,
  });
}

/** Whether a difference is won, lost, or may be chance. */
export function outcomeOf(difference: Difference): "won" | "lost" | "open" {
  if (!isCertain(difference)) return "open";
  return difference.hitAt1.mean > 0 ? "won" : "lost";
}
