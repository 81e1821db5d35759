import type { Costs } from "../costs.js";
import { chosen, type ChosenName } from "../inputs.js";
import type { Demand } from "../model/demand.js";

/** All inputs by name: what was chosen, and what was measured. */
export interface PlanInputs {
  readonly of: Readonly<Record<ChosenName, number>>;
  readonly costs: Costs["measured"];
  readonly benchmarks: { readonly encoder: number };
  /** Cores of the machine that the benchmarks ran on. */
  readonly benchmarkCores: number;
}

/** @param changes other values than the chosen ones: what if */
export function planInputs(costs: Costs, changes: Partial<Record<ChosenName, number>> = {}): PlanInputs {
  const values = Object.fromEntries(Object.entries(chosen).map(([name, { value }]) => [name, value]));
  return {
    of: { ...(values as Record<ChosenName, number>), ...changes },
    costs: costs.measured,
    benchmarks: { encoder: costs.benchmarks.encoder.figure },
    benchmarkCores: costs.circumstances.cores,
  };
}

const DAY_SECONDS = 86_400;

/** Who asks for what, on the average of a day. */
export function demandOf({ of }: PlanInputs): Demand {
  return {
    coversPerViewerDay: (of.covers * of.averageLoad * DAY_SECONDS) / of.viewers,
    viewers: { exponent: of.viewerExponent, head: of.viewerHead },
    feed: { videos: of.feedVideos, exponent: of.feedExponent, turnoverPerDay: of.turnover },
    likesPerCover: of.likes,
    videoExponent: of.videoExponent,
  };
}
