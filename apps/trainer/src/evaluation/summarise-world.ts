import { seededRandom } from "../random.js";
import { CalibrationBins } from "./calibration.js";
import { ViewerClusters } from "./clustered-bootstrap.js";
import { compareShipped } from "./compare-methods.js";
import { estimateCalibration } from "./estimate-calibration.js";
import type { JudgedWorld } from "./judge-methods.js";
import type { MethodDifference, MethodResult, Reliability } from "./results.js";

export interface WorldVerdict {
  readonly results: readonly MethodResult[];
  readonly differences: readonly MethodDifference[];
  readonly reliability: readonly Reliability[];
}

/** The figures of one world, with intervals by one bootstrap for all methods, which pairs them. */
export function summariseWorld({ world, clusters, methods }: JudgedWorld, seed: number): WorldVerdict {
  const drawn = new ViewerClusters(clusters, seededRandom(seed, "bootstrap", world));
  return {
    results: methods.map(({ method, hits, mrr, ndcg5, confidences }) => ({
      world,
      method: method.id,
      kind: method.kind,
      hitAt1: drawn.estimateMean(hits),
      mrr: drawn.estimateMean(mrr),
      ndcg5: drawn.estimateMean(ndcg5),
      ...(confidences && { ece: estimateCalibration(confidences, drawn) }),
    })),
    differences: compareShipped(methods, (values) => drawn.estimateMean(values)).map((difference) => ({
      world,
      ...difference,
      interests: drawn.members.length,
    })),
    reliability: methods.flatMap(({ method, confidences }) =>
      confidences ? [{ world, method: method.id, bins: new CalibrationBins(confidences).bins() }] : [],
    ),
  };
}
