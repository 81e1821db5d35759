import { inFigures } from "../format-quantity.js";
import { predictHits } from "../model/predict-hits.js";
import { predictVideoHits } from "../model/video-hits.js";
import { waitPercentile } from "../model/waiting.js";
import { Ledger, type Step } from "./ledger.js";
import { demandOf, type PlanInputs } from "./plan-inputs.js";

export interface CoverPlan {
  readonly steps: readonly Step[];
  readonly freshPerSecond: number;
  readonly hits: { readonly process: number; readonly all: number };
  /** Decisions that live at once, of an average viewer. */
  readonly keptPerViewer: number;
  readonly pageCoreMs: number;
  /** The queue of one machine at the peak. */
  readonly machine: { readonly cores: number; readonly meanMs: number; readonly perSecond: number };
  readonly machines: number;
  readonly tierMachines: number;
  readonly featureBytesPerSecond: number;
}

/** What covers cost at the peak: hits, fresh decisions, machines. */
export function planCovers(inputs: PlanInputs): CoverPlan {
  const { of, costs } = inputs;
  const ledger = new Ledger();
  const demand = demandOf(inputs);
  ledger.add(
    "covers of a viewer a day",
    inFigures`${of.covers} covers/s x ${of.averageLoad} on the average x 86,400 s / ${of.viewers} viewers`,
    demand.coversPerViewerDay,
    "",
  );
  const pages = ledger.add(
    "pages",
    inFigures`${of.covers} covers/s / ${of.page} a page`,
    of.covers / of.page,
    "pages/s",
  );
  ledger.add("likes", inFigures`${of.covers} covers/s x ${of.likes} likes a cover`, of.covers * of.likes, "likes/s");

  const inProcess = predictHits(demand, of.processRoom);
  const inTier = predictHits(demand, of.tierRoom);
  ledger.add("from the process", `Che, ${of.processRoom} covers a viewer`, inProcess.hits * 100, "% of covers");
  ledger.add("from the process or the tier", `Che, ${of.tierRoom} covers a viewer`, inTier.hits * 100, "% of covers");
  ledger.add("decisions that live in the tier", "the same, for an average viewer", inTier.kept, "covers/viewer");
  const fresh = ledger.add(
    "fresh decisions",
    inFigures`${of.covers} covers/s x (1 - ${inTier.hits})`,
    of.covers * (1 - inTier.hits),
    "covers/s",
  );

  const describeCoreMs = ledger.add(
    "a viewer's description, service",
    inFigures`${costs["fresh-cover-service"]} a fresh cover - ${costs["next-cover-service"]} one more of the same viewer`,
    costs["fresh-cover-service"] - costs["next-cover-service"],
    "core-ms",
  );
  const freshCoreMs = ledger.add(
    "a fresh cover of a page, service",
    inFigures`(${costs["fresh-page-service"]} a fresh page - ${describeCoreMs} - ${costs["cached-page-service"]} a cached page) / ${of.page}`,
    (costs["fresh-page-service"] - describeCoreMs - costs["cached-page-service"]) / of.page,
    "core-ms",
  );
  const describing = ledger.add(
    "pages that must describe their viewer",
    inFigures`those after a like: ${of.likes} x ${of.page}; and those of whom no description is kept: 1 - ${of.describedShare}`,
    1 - of.describedShare * (1 - Math.min(1, of.likes * of.page)),
    "of pages",
  );
  const pageCoreMs = ledger.add(
    "an average page, service",
    inFigures`${costs["cached-page-service"]} a cached page + ${of.page} x (1 - ${inTier.hits}) x ${freshCoreMs} + ${describing} x ${describeCoreMs}`,
    costs["cached-page-service"] + of.page * (1 - inTier.hits) * freshCoreMs + describing * describeCoreMs,
    "core-ms",
  );
  const perMachine = ledger.add(
    "pages that a machine takes",
    `most at which p99 of waiting is within nine tenths of ${of.waitBudget} ms (Erlang C, ${of.machineCores} cores)`,
    ratePerMachine(of.machineCores, pageCoreMs, of.waitBudget * 0.9),
    "pages/s",
  );
  const load = (perMachine * pageCoreMs) / 1000 / of.machineCores;
  ledger.add(
    "cores in use at that",
    inFigures`${perMachine} pages/s x ${pageCoreMs} core-ms / 1,000 / ${of.machineCores} cores`,
    load * 100,
    "%",
  );
  const spare = of.regions / (of.regions - 1);
  const byCores = ledger.add(
    "machines of the API, by cores",
    inFigures`${pages} / ${perMachine} x ${of.regions} / ${of.regions - 1}: one of ${of.regions} regions may be lost`,
    (pages / perMachine) * spare,
    "machines",
  );
  const featureMemory = ledger.add(
    "memory of each for features of the most wanted videos",
    inFigures`${of.videos} x ${of.featureShare} x ${of.frames} frames x ${of.candidateBytes} bytes`,
    of.videos * of.featureShare * of.frames * of.candidateBytes,
    "bytes",
  );
  const byMemory = ledger.add(
    "machines of the API, by memory",
    inFigures`${of.viewers} viewers x ${of.processRoom} covers x ${of.processBytes} bytes / (3/4 of ${of.machineMemory / 1e9} GB - that)`,
    (of.viewers * of.processRoom * of.processBytes) / (of.machineMemory * 0.75 - featureMemory),
    "machines",
  );
  if (byMemory < 0) throw new RangeError("The features do not fit a machine: lower featureShare.");
  const machines = ledger.add("machines of the API", "the greater", Math.max(byCores, byMemory), "machines");

  const tierBytes = ledger.add(
    "the tier, two copies",
    inFigures`${of.viewers} viewers x (${of.tierRoom} covers x ${of.tierBytes} bytes + ${of.describedShare} x ${of.descriptionBytes}) x 2`,
    of.viewers * (of.tierRoom * of.tierBytes + of.describedShare * of.descriptionBytes) * 2,
    "bytes",
  );
  const tierByMemory = tierBytes / (of.machineMemory * 0.75);
  const tierByReads = (pages * 2) / of.tierReads / of.machineCores;
  const tierMachines = ledger.add(
    "machines of the tier",
    inFigures`bytes / (3/4 of ${of.machineMemory / 1e9} GB) x ${of.regions} / ${of.regions - 1}; a read and a write a page would need ${tierByReads}`,
    Math.max(tierByMemory, tierByReads) * spare,
    "machines",
  );

  const featureHits = predictVideoHits(of.videos, of.videoExponent, of.featureShare);
  ledger.add(
    "features found in the machine's own cache",
    inFigures`Che, ${of.featureShare} of ${of.videos} videos`,
    featureHits * 100,
    "% of videos",
  );
  const videoBytes = of.frames * costs["feature-vector"];
  const featureBytes = ledger.add(
    "features for fresh decisions",
    inFigures`${fresh} x ${of.frames} frames x ${costs["feature-vector"]} bytes`,
    fresh * videoBytes,
    "bytes/s",
  );
  const featureBytesPerSecond = ledger.add(
    "of these from the feature store",
    inFigures`x (1 - ${featureHits})`,
    featureBytes * (1 - featureHits),
    "bytes/s",
  );
  ledger.add(
    "pictures over the CDN",
    inFigures`${of.covers} covers/s x ${of.coverPicture} bytes x (1 - ${of.browserHits})`,
    of.covers * of.coverPicture * (1 - of.browserHits),
    "bytes/s",
  );
  return {
    ...{ steps: ledger.steps, freshPerSecond: fresh, pageCoreMs, machines, tierMachines, featureBytesPerSecond },
    hits: { process: inProcess.hits, all: inTier.hits },
    keptPerViewer: inTier.kept,
    machine: { cores: of.machineCores, meanMs: pageCoreMs, perSecond: perMachine },
  };
}

/** Most jobs a second at which 99 of 100 wait no longer than this. */
function ratePerMachine(cores: number, meanMs: number, waitMs: number): number {
  let [low, high] = [0, (cores * 1000) / meanMs];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (waitPercentile({ cores, meanMs, perSecond: middle }, 99) <= waitMs) low = middle;
    else high = middle;
  }
  return low;
}
