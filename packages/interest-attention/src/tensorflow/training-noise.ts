import type { Tensor3D } from "@tensorflow/tfjs-core";

/** What training disturbs on purpose, so that nothing rests on one number alone. Scoring disturbs nothing. */
export interface TrainingNoise {
  /** Sets random numbers of a layer's output to 0 (dropout) and scales the others up. */
  readonly drop: (output: Tensor3D) => Tensor3D;
  /** `[batch, 1, embedding]`: 0 for the directions of the metric that an episode must do without; the same for likes and frames. */
  readonly directionsKept?: Tensor3D;
}

export const undisturbed: TrainingNoise = { drop: (output) => output };
