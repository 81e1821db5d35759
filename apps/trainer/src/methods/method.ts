/** One viewer in front of one video, as numbers: what a method may look at. */
export interface ViewerFeatures {
  /** Names the viewer; a method that draws lots draws them from it. */
  readonly viewer: string;
  /** Features of the liked images, oldest first; empty for a newcomer. */
  readonly history: readonly Float32Array[];
  /** Features of the candidate frames, in the video's order; at least one. */
  readonly frames: readonly Float32Array[];
  /** The same pictures to the encoder that the frozen opponent reads, where that is known. */
  readonly opponent?: Pick<ViewerFeatures, "history" | "frames">;
  /** How good a cover each frame is for just anybody, 0..1. */
  readonly quality: readonly number[];
  /** Colour histogram of each frame. */
  readonly colours: readonly Float32Array[];
  /** Whether each frame is a hit. Only the oracle looks. */
  readonly right: readonly boolean[];
}

/** As results name it: what a method was fitted to, if to anything. */
export type MethodKind = "baseline" | "learned" | "shipped" | "oracle";

/** What a method rests on. Those of the first two families are what a trained scorer must be better than. */
export type MethodFamily = "withoutHistory" | "cosine" | "scorer" | "oracle";

export interface MethodName {
  readonly id: string;
  readonly kind: MethodKind;
  readonly family: MethodFamily;
}

/** A way to choose a cover. */
export interface Method extends MethodName {
  /** Whether the scores are probabilities that sum to 1 over a video's frames, so that calibration can be judged. */
  readonly gives: "ranking" | "probabilities";
  /** A score per frame of each viewer's video; higher is better, and of equal ones the earlier frame is meant. */
  score(viewers: readonly ViewerFeatures[]): Promise<number[][]>;
}

/** A method that looks at one viewer at a time and only ranks. */
export function rankingMethod(name: MethodName, scoreFrames: (viewer: ViewerFeatures) => readonly number[]): Method {
  return {
    ...name,
    gives: "ranking",
    score: (viewers) => Promise.resolve(viewers.map((viewer) => [...scoreFrames(viewer)])),
  };
}
