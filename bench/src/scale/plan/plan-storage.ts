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
  const frames = ledger.add("candidate frames", "videos x frames", of.videos * of.frames, "frames");
  const freshPerDay = covers.freshPerSecond * of.averageLoad * DAY_SECONDS;
  ledger.add(
    "every decision as a row, as today",
    "fresh/s x average load x 86,400 s x days x row",
    freshPerDay * of.retention * costs["decision-row"],
    "bytes",
  );
  ledger.add(
    "only those that live",
    "viewers x living decisions x row",
    of.viewers * covers.keptPerViewer * costs["decision-row"],
    "bytes",
  );
  const log = ledger.add(
    "what was shown, as a log in the object store",
    "fresh/s x average load x 86,400 s x days x bytes in the tier",
    freshPerDay * of.retention * of.tierBytes,
    "bytes",
  );
  const pictures = ledger.add(
    "frames' pictures, object store",
    "frames x JPEG",
    frames * costs["frame-picture"],
    "bytes",
  );

  const features = ledger.add(
    "features, key-value store",
    "frames x vector x copies",
    frames * costs["feature-vector"] * of.replicas,
    "bytes",
  );
  const featureMachines = ledger.add(
    "machines of it",
    "the greater of bytes / disk, and what is read / half of a machine's network",
    Math.max(features / of.machineDisk, covers.featureBytesPerSecond / (of.machineNetwork / 2)),
    "machines",
  );
  const videoRows = of.videos * costs["video-row"] + frames * (costs["frame-row"] + costs["image-row"]);
  ledger.add("videos, frames and pictures' rows, Postgres", "videos x row + frames x two rows", videoRows, "bytes");
  const viewerRows = of.viewers * (costs["viewer-row"] + of.keptLikes * costs["like-row"]);
  ledger.add("viewers and likes, Postgres", "viewers x (row + kept likes x row)", viewerRows, "bytes");
  const partitions = ledger.add(
    "Postgres servers for that, before copies",
    "bytes / disk of one, half full",
    (videoRows + viewerRows) / (of.postgresDisk / 2),
    "servers",
  );
  ledger.add(
    "cores that likes take there",
    "likes/s x an unheard change",
    (of.covers * of.likes * costs["unheard-change"]) / 1000,
    "cores",
  );
  const brokers = ledger.add(
    "brokers of the stream",
    "(a record a page that decides + likes/s) / a broker",
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
