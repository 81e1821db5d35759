import { inFigures } from "../format-quantity.js";
import { Ledger, type Step } from "./ledger.js";
import type { CoverPlan } from "./plan-covers.js";
import type { PlanInputs } from "./plan-inputs.js";

const DAY_SECONDS = 86_400;

export interface EventPlan {
  readonly steps: readonly Step[];
  readonly arrivalCores: number;
}

/** What does not come every second: videos, other versions of the networks, viewers who leave. */
export function planEvents({ of, costs, benchmarks, benchmarkCores }: PlanInputs, covers: CoverPlan): EventPlan {
  const ledger = new Ledger();
  const videoSeconds = ledger.add(
    "ingest of a video",
    inFigures`${of.minutes} minutes x 2 x ${costs["ingest-30s"]} core-s for 30 s`,
    of.minutes * 2 * costs["ingest-30s"],
    "core-s",
  );
  const backfill = of.videos * videoSeconds;
  ledger.add(
    "first ingest of all, core-years",
    inFigures`${of.videos} x ${videoSeconds} / 86,400 / 365`,
    backfill / DAY_SECONDS / 365,
    "core-years",
  );
  ledger.add(
    "cores for it",
    inFigures`${of.videos} x ${videoSeconds} / (${of.backfillDays} days x 86,400)`,
    backfill / (of.backfillDays * DAY_SECONDS),
    "cores",
  );
  ledger.add(
    "videos a second meanwhile",
    inFigures`${of.videos} / (${of.backfillDays} days x 86,400)`,
    of.videos / (of.backfillDays * DAY_SECONDS),
    "videos/s",
  );
  const arrivalCores = ledger.add(
    "cores for what is new every day, at 70 %",
    inFigures`${of.arrivals} a day x ${videoSeconds} / 86,400 / 0.7`,
    (of.arrivals * videoSeconds) / DAY_SECONDS / 0.7,
    "cores",
  );
  const perCore = benchmarks.encoder / benchmarkCores;
  ledger.add(
    "another encoder: cores to encode all frames anew",
    inFigures`${of.videos * of.frames} frames / ${perCore} images/s of a core / (${of.backfillDays} days x 86,400)`,
    (of.videos * of.frames) / perCore / (of.backfillDays * DAY_SECONDS),
    "cores",
  );
  const rollout = ledger.add(
    "another model: decisions more, while it takes over",
    inFigures`${of.viewers} x ${covers.keptPerViewer} living / (${of.rolloutDays} days x 86,400)`,
    (of.viewers * covers.keptPerViewer) / (of.rolloutDays * DAY_SECONDS),
    "covers/s",
  );
  ledger.add(
    "of the fresh ones at the peak",
    inFigures`/ ${covers.freshPerSecond}`,
    (rollout / covers.freshPerSecond) * 100,
    "%",
  );
  ledger.add(
    "another model at once: fresh decisions",
    inFigures`${of.covers} / ${covers.freshPerSecond}`,
    of.covers / covers.freshPerSecond,
    "x the peak's",
  );
  ledger.add("viewers to delete", inFigures`${of.deletions} a day / 86,400`, of.deletions / DAY_SECONDS, "viewers/s");
  ledger.add(
    "the most wanted video",
    inFigures`${of.covers} / ${zipfSum(of.videos, of.videoExponent)}: its share by Zipf's law`,
    of.covers / zipfSum(of.videos, of.videoExponent),
    "covers/s",
  );
  return { steps: ledger.steps, arrivalCores };
}

/** Sum of rank ^ -exponent, by Euler and Maclaurin beyond the first thousand. */
function zipfSum(count: number, exponent: number): number {
  const first = Math.min(count, 1000);
  let sum = 0;
  for (let rank = 1; rank <= first; rank++) sum += rank ** -exponent;
  if (count === first) return sum;
  const integral =
    exponent === 1 ? Math.log(count / first) : (count ** (1 - exponent) - first ** (1 - exponent)) / (1 - exponent);
  return sum + integral + (count ** -exponent - first ** -exponent) / 2;
}
