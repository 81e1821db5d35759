import { qualityScore } from "@facet/frame-extraction";
import type { Episode, World } from "../episodes/episode.js";
import type { PhotoLibrary } from "../features/photo-library.js";
import type { Method, MethodName, ViewerFeatures } from "../methods/method.js";
import type { Confidence } from "./calibration.js";
import { rankFrames, rankMetrics } from "./rank-metrics.js";

/** How every method did for every viewer of one world. */
export interface JudgedWorld {
  readonly world: World;
  /** The interest that each viewer shares with others. */
  readonly clusters: readonly string[];
  readonly methods: readonly JudgedMethod[];
}

/** One number per viewer, in the order of `clusters`. */
export interface JudgedMethod {
  readonly method: MethodName;
  readonly hits: readonly number[];
  readonly mrr: readonly number[];
  readonly ndcg5: readonly number[];
  /** Of methods that give probabilities. */
  readonly confidences?: readonly Confidence[];
}

/** What is asked of the photo library; all photos of the episodes must be known to it, and the colours of the frames. */
export interface KnownPhotos extends Pick<PhotoLibrary, "get" | "histogram"> {
  /** The features that the frozen opponent reads, where it is judged. */
  readonly opponent?: Pick<PhotoLibrary, "feature">;
}

/**
 * Lets every method choose for the same viewers of one world.
 *
 * @param episodes all of `world`
 * @param onJudged called after each method
 */
export async function judgeMethods(
  world: World,
  episodes: readonly Episode[],
  methods: readonly Method[],
  photos: KnownPhotos,
  onJudged: () => void = () => undefined,
): Promise<JudgedWorld> {
  const viewers = episodes.map((episode) => toViewerFeatures(episode, photos));
  const judged: JudgedMethod[] = [];
  for (const method of methods) {
    judged.push(await judgeMethod(method, viewers));
    onJudged();
  }
  return { world, clusters: episodes.map(({ cluster }) => cluster), methods: judged };
}

async function judgeMethod(method: Method, viewers: readonly ViewerFeatures[]): Promise<JudgedMethod> {
  const scores = await method.score(viewers);
  const metrics = viewers.map(({ right }, i) => rankMetrics(scores[i] ?? [], right));
  const { id, kind, family } = method;
  return {
    method: { id, kind, family },
    hits: metrics.map(({ hitAt1 }) => hitAt1),
    mrr: metrics.map(({ mrr }) => mrr),
    ndcg5: metrics.map(({ ndcg5 }) => ndcg5),
    ...(method.gives === "probabilities" && {
      confidences: viewers.map(({ right }, i) => confidenceOf(scores[i] ?? [], right)),
    }),
  };
}

function toViewerFeatures(episode: Episode, photos: KnownPhotos): ViewerFeatures {
  const frames = episode.frames.map((ref) => photos.get(ref));
  const { opponent } = photos;
  return {
    viewer: episode.viewer,
    history: episode.history.map((ref) => photos.get(ref).feature),
    frames: frames.map(({ feature }) => feature),
    ...(opponent && {
      opponent: {
        history: episode.history.map((ref) => opponent.feature(ref)),
        frames: episode.frames.map((ref) => opponent.feature(ref)),
      },
    }),
    quality: frames.map(({ quality }) => qualityScore(quality)),
    colours: episode.frames.map((ref) => photos.histogram(ref)),
    right: episode.right,
  };
}

function confidenceOf(probabilities: readonly number[], right: readonly boolean[]): Confidence {
  const chosen = rankFrames(probabilities)[0] ?? 0;
  return { probability: probabilities[chosen] ?? 0, hit: right[chosen] === true };
}
