import type { World } from "../episodes/episode.js";
import { seededRandom } from "../random.js";
import { ViewerClusters } from "./clustered-bootstrap.js";
import { compareShipped } from "./compare-methods.js";
import { estimateCalibration } from "./estimate-calibration.js";
import type { JudgedWorld } from "./judge-methods.js";
import type { SummaryDifference, WorldsSummary } from "./results.js";

/** The worlds in which a clean frame of a liked interest is looked for, with many likes and with few. */
const MEAN5: readonly World[] = ["W1", "W2", "W3", "W6-1", "W6-3"];

export interface WorldsVerdict {
  readonly summaries: readonly WorldsSummary[];
  readonly summaryDifferences: readonly SummaryDifference[];
}

/**
 * The mean of W1, W2, W3, W6-1 and W6-3, each counting the same. The viewers of these worlds share their interests, so
 * the bootstrap draws interests once for all five: an interest that a method cannot tell is missed in all of them.
 *
 * @returns nothing where not all five were judged
 */
export function summariseWorlds(judged: readonly JudgedWorld[], seed: number): WorldsVerdict {
  const name = "mean5";
  const worlds = MEAN5.flatMap((world) => judged.find((candidate) => candidate.world === world) ?? []);
  const first = worlds[0];
  if (!first || worlds.length < MEAN5.length) return { summaries: [], summaryDifferences: [] };

  const drawn = new ViewerClusters(
    worlds.flatMap(({ clusters }) => clusters),
    seededRandom(seed, "bootstrap", name),
  );
  const worldOf = worlds.flatMap(({ clusters }, world) => clusters.map(() => world));
  const estimate = (values: readonly number[]) => drawn.estimateMeanOfGroups(values, worldOf);
  const methods = first.methods.map(({ method }, i) => ({
    method,
    hits: worlds.flatMap((world) => world.methods[i]?.hits ?? []),
    confidences: worlds.flatMap((world) => world.methods[i]?.confidences ?? []),
  }));
  return {
    summaries: methods.map(({ method, hits, confidences }) => ({
      name,
      method: method.id,
      kind: method.kind,
      hitAt1: estimate(hits),
      ...(confidences.length > 0 && { ece: estimateCalibration(confidences, drawn) }),
    })),
    summaryDifferences: compareShipped(methods, estimate).map((difference) => ({
      name,
      ...difference,
      interests: drawn.members.length,
    })),
  };
}
