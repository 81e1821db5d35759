import type { Numbers } from "@facet/onnx-graph";
import type { ModelNumbers } from "./model-files.js";
import type { PaddedNumbers } from "./pad-numbers.js";

/** What runs the scorer. Its weights are read once, from the model's folder, whatever runs it. */
export interface ScorerEngine {
  /** For people and for logs: `onnx`, `wasm`. */
  readonly name: string;
  load(model: ModelNumbers): Promise<ScorerNetwork>;
}

/** Descriptions of a batch of histories, padded. */
export interface DescribedBatch {
  /** `[batch, state, width]` */
  readonly states: Numbers;
  /** `[batch, feature]` */
  readonly kindMeans: Numbers;
  /** `[batch, state, embedding]`; absent where the description is a last state. */
  readonly directions?: Numbers;
}

/** The same, stacked out of descriptions that were kept. */
export interface StackedDescriptions {
  readonly states: PaddedNumbers;
  /** `[batch, feature]` */
  readonly kindMeans: Numbers;
  /** `[batch, state, embedding]`; absent where the description is a last state. */
  readonly directions?: Numbers;
}

export interface ScoredBatch {
  /** `[batch, frame]` */
  readonly weights: Numbers;
  /** `[batch, frame]` */
  readonly probabilities: Numbers;
}

/** A loaded scorer: batches in, batches out. */
export interface ScorerNetwork {
  /** @param histories features of liked images, oldest first */
  describe(histories: PaddedNumbers): Promise<DescribedBatch>;
  /** @param frames features of candidate frames, in the video's order; one description for each */
  score(frames: PaddedNumbers, descriptions: StackedDescriptions): Promise<ScoredBatch>;
  /** Gives the memory back; a batch that has begun is finished first. It is not asked afterwards. */
  dispose(): void;
}
