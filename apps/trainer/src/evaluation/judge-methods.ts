import { qualityScore } from "@facet/frame-extraction";
import type { Episode, World } from "../episodes/episode.js";
import type { PhotoLibrary } from "../features/photo-library.js";
import type { Method, ViewerFeatures } from "../methods/method.js";
import { seededRandom } from "../random.js";
import { CalibrationBins, type Confidence } from "./calibration.js";
import { ViewerClusters, type Estimate } from "./clustered-bootstrap.js";
import { rankFrames, rankMetrics } from "./rank-metrics.js";
import type { MethodDifference, MethodResult } from "./results.js";

export interface WorldVerdict {
  readonly results: MethodResult[];
  readonly differences: MethodDifference[];
}

/**
 * Lets every method choose for the same viewers of one world.
 *
 * @param episodes all of `world`, their photos prepared
 */
export async function judgeMethods(
  world: World,
  episodes: readonly Episode[],
  methods: readonly Method[],
  library: PhotoLibrary,
  seed: number,
): Promise<WorldVerdict> {
  const viewers = episodes.map((episode) => toViewerFeatures(episode, library));
  const clusters = new ViewerClusters(
    episodes.map(({ cluster }) => cluster),
    seededRandom(seed, "bootstrap", world),
  );
  const judged: { method: Method; hits: number[]; result: MethodResult }[] = [];
  for (const method of methods) {
    const scores = await method.score(viewers);
    const metrics = viewers.map(({ right }, i) => rankMetrics(scores[i] ?? [], right));
    const hits = metrics.map(({ hitAt1 }) => hitAt1);
    judged.push({
      method,
      hits,
      result: {
        world,
        method: method.id,
        kind: method.kind,
        hitAt1: clusters.estimateMean(hits),
        mrr: clusters.estimateMean(metrics.map(({ mrr }) => mrr)),
        ndcg5: clusters.estimateMean(metrics.map(({ ndcg5 }) => ndcg5)),
        ...(method.gives === "probabilities" && { ece: estimateCalibration(scores, viewers, clusters) }),
      },
    });
  }
  const shipped = judged.find(({ method }) => method.kind === "shipped");
  const others = judged.filter(({ method }) => method.kind !== "shipped" && method.kind !== "oracle");
  return {
    results: judged.map(({ result }) => result),
    differences: shipped
      ? others.map(({ method, hits }) => ({
          world,
          method: shipped.method.id,
          against: method.id,
          hitAt1: clusters.estimateMean(hits.map((hit, i) => (shipped.hits[i] ?? 0) - hit)),
        }))
      : [],
  };
}

function toViewerFeatures(episode: Episode, library: PhotoLibrary): ViewerFeatures {
  const frames = episode.frames.map((ref) => library.get(ref));
  return {
    viewer: episode.viewer,
    history: episode.history.map((ref) => library.get(ref).feature),
    frames: frames.map(({ feature }) => feature),
    quality: frames.map(({ quality }) => qualityScore(quality)),
    right: episode.right,
  };
}

function estimateCalibration(
  scores: readonly (readonly number[])[],
  viewers: readonly ViewerFeatures[],
  clusters: ViewerClusters,
): Estimate {
  const confidences = viewers.map(({ right }, i): Confidence => {
    const probabilities = scores[i] ?? [];
    const chosen = rankFrames(probabilities)[0] ?? 0;
    return { probability: probabilities[chosen] ?? 0, hit: right[chosen] === true };
  });
  const bins = clusters.members.map(
    (members) => new CalibrationBins(members.flatMap((viewer) => confidences[viewer] ?? [])),
  );
  return clusters.estimate((drawn) => {
    const together = new CalibrationBins();
    for (const cluster of drawn) {
      const part = bins[cluster];
      if (part) together.add(part);
    }
    return together.error();
  });
}
