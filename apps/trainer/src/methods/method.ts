/** One viewer in front of one video, as numbers: what a method may look at. */
export interface ViewerFeatures {
  /** Names the viewer; a method that draws lots draws them from it. */
  readonly viewer: string;
  /** Features of the liked images, oldest first; empty for a newcomer. */
  readonly history: readonly Float32Array[];
  /** Features of the candidate frames, in the video's order; at least one. */
  readonly frames: readonly Float32Array[];
  /** How good a cover each frame is for just anybody, 0..1. */
  readonly quality: readonly number[];
  /** Whether each frame is a hit. Only the oracle looks. */
  readonly right: readonly boolean[];
}

export type MethodKind = "baseline" | "learned" | "shipped" | "oracle";

/** A way to choose a cover. */
export interface Method {
  readonly id: string;
  readonly kind: MethodKind;
  /** Whether the scores are probabilities that sum to 1 over a video's frames, so that calibration can be judged. */
  readonly gives: "ranking" | "probabilities";
  /** A score per frame of each viewer's video; higher is better, and of equal ones the earlier frame is meant. */
  score(viewers: readonly ViewerFeatures[]): Promise<number[][]>;
}

/** A method that looks at one viewer at a time and only ranks. */
export function rankingMethod(
  id: string,
  kind: MethodKind,
  scoreFrames: (viewer: ViewerFeatures) => readonly number[],
): Method {
  return {
    id,
    kind,
    gives: "ranking",
    score: (viewers) => Promise.resolve(viewers.map((viewer) => [...scoreFrames(viewer)])),
  };
}
