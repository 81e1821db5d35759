import { FacetError } from "@facet/domain";
import type { FeatureEncoder } from "@facet/feature-encoder";
import { InterestAttentionScorer } from "@facet/interest-attention";
import { learnedMethod } from "../methods/learned-method.js";
import type { Method } from "../methods/method.js";

/** Thrown when a scorer was trained on features of another encoder than the photos are encoded by. */
export class EncoderMismatchError extends FacetError {
  readonly code = "ENCODER_MISMATCH";
  constructor(
    readonly trainedOn: string,
    readonly encodedBy: string,
  ) {
    super(`The model was trained on features of ${trainedOn}, and the photos are encoded by ${encodedBy}.`);
  }
}

export interface ShippedMethod {
  readonly method: Method;
  dispose(): void;
}

/**
 * @param folder of the model; the shipped one unless given
 * @throws EncoderMismatchError, and what the scorer throws of files that are no model
 */
export async function loadShippedMethod(folder: string | undefined, encoder: FeatureEncoder): Promise<ShippedMethod> {
  const scorer = await InterestAttentionScorer.load(folder);
  if (scorer.encoderVersion !== encoder.version || scorer.featureWidth !== encoder.width) {
    scorer.dispose();
    throw new EncoderMismatchError(scorer.encoderVersion, encoder.version);
  }
  return { method: learnedMethod("shipped", "shipped", scorer), dispose: () => scorer.dispose() };
}
