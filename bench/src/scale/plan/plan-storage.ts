import { inFigures } from "../format-quantity.js";
import type { CoverPlan } from "./plan-covers.js";
import { Ledger, type Step } from "./ledger.js";
import type { PlanInputs } from "./plan-inputs.js";

const DAY_SECONDS = 86_400;

export interface StoragePlan {
  readonly steps: readonly Step[];
  readonly objectBytes: number;
  readonly diskBytes: number;
  readonly partitions: number;
  readonly featureMachines: number;
  readonly brokers: number;
}

/** Where what is kept is kept, and how much it is. */
export function planStorage({ of, costs }: PlanInputs, covers: CoverPlan): StoragePlan {
  const ledger = new Ledger();
  const frames = ledger.add(
    "candidate frames",
    inFigures`${of.videos} x ${of.frames}`,
    of.videos * of.frames,
    "frames",
  );
  const freshPerDay = covers.freshPerSecond * of.averageLoad * DAY_SECONDS;
  ledger.add(
    "every decision as a row, as today",
    inFigures`${covers.freshPerSecond} fresh/s x ${of.averageLoad} x 86,400 s x ${of.retention} days x ${costs["decision-row"]} bytes`,
    freshPerDay * of.retention * costs["decision-row"],
    "bytes",
  );
  ledger.add(
    "only those that live",
    inFigures`${of.viewers} viewers x ${covers.keptPerViewer} living x ${costs["decision-row"]} bytes`,
    of.viewers * covers.keptPerViewer * costs["decision-row"],
    "bytes",
  );
  const log = ledger.add(
    "what was shown, as a log in the object store",
    inFigures`as the first, with ${of.tierBytes} bytes each`,
    freshPerDay * of.retention * of.tierBytes,
    "bytes",
  );
  const pictures = ledger.add(
    "frames' pictures, object store",
    inFigures`${frames} x ${costs["frame-picture"]} bytes`,
    frames * costs["frame-picture"],
    "bytes",
  );

  const features = ledger.add(
    "features, key-value store",
    inFigures`${frames} x ${costs["feature-vector"]} bytes x ${of.replicas} copies`,
    frames * costs["feature-vector"] * of.replicas,
    "bytes",
  );
  const featureMachines = ledger.add(
    "machines of it",
    inFigures`what is read / half of ${of.machineNetwork / 1e9} GB/s, x ${of.regions} / ${of.regions - 1}; disks would need ${features / of.machineDisk}`,
    Math.max(
      features / of.machineDisk,
      (covers.featureBytesPerSecond / (of.machineNetwork / 2)) * (of.regions / (of.regions - 1)),
    ),
    "machines",
  );
  const videoRows = of.videos * costs["video-row"] + frames * (costs["frame-row"] + costs["image-row"]);
  ledger.add(
    "videos, frames and pictures' rows, Postgres",
    inFigures`${of.videos} x ${costs["video-row"]} + ${frames} x (${costs["frame-row"]} + ${costs["image-row"]}) bytes`,
    videoRows,
    "bytes",
  );
  const viewerRows = of.viewers * (costs["viewer-row"] + of.keptLikes * costs["like-row"]);
  ledger.add(
    "viewers and likes, Postgres",
    inFigures`${of.viewers} x (${costs["viewer-row"]} + ${of.keptLikes} likes x ${costs["like-row"]}) bytes`,
    viewerRows,
    "bytes",
  );
  const partitions = ledger.add(
    "Postgres servers for that, before copies",
    inFigures`both / ${of.postgresDisk / 1e12} TB, half full`,
    (videoRows + viewerRows) / (of.postgresDisk / 2),
    "servers",
  );
  ledger.add(
    "cores that likes take there",
    inFigures`${of.covers * of.likes} likes/s x ${costs["unheard-change"]} core-ms`,
    (of.covers * of.likes * costs["unheard-change"]) / 1000,
    "cores",
  );
  const brokers = ledger.add(
    "brokers of the stream",
    inFigures`(${of.covers / of.page} pages/s + ${of.covers * of.likes} likes/s) / ${of.brokerWrites}`,
    (of.covers / of.page + of.covers * of.likes) / of.brokerWrites,
    "brokers",
  );
  return {
    steps: ledger.steps,
    objectBytes: pictures + log,
    diskBytes: features + (videoRows + viewerRows) * 2 * of.replicas,
    ...{ partitions, featureMachines, brokers },
  };
}
