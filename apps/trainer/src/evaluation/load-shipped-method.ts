import { FacetError } from "@facet/domain";
import type { FeatureEncoder } from "@facet/feature-encoder";
import { InterestAttentionScorer } from "@facet/interest-attention";
import { learnedMethod } from "../methods/learned-method.js";
import type { Method } from "../methods/method.js";
import type { EvaluationOptions } from "./evaluation-options.js";

/** Thrown when a scorer was trained on features of another encoder than the photos are encoded by. */
export class EncoderMismatchError extends FacetError {
  readonly code = "ENCODER_MISMATCH";
  constructor(
    /** Folder of the model; undefined for the shipped one. */
    readonly model: string | undefined,
    readonly trainedOn: string,
    readonly encodedBy: string,
    advice: string,
  ) {
    super(
      `${model ?? "The shipped model"}: it takes features of the encoder ${trainedOn}, ` +
        `and the photos are encoded by ${encodedBy}. ${advice}`,
    );
  }
}

export interface ShippedMethod {
  /** None where a backbone is judged that no scorer is given for. */
  readonly methods: readonly Method[];
  dispose(): void;
}

/**
 * The scorer that is judged: of the folder given, or the shipped one. That knows no backbone but its own, so that
 * another backbone without a model is judged by the methods that need no training.
 *
 * @throws EncoderMismatchError, and what the scorer throws of files that are no model
 */
export async function loadShippedMethod(
  { model, backbone }: Pick<EvaluationOptions, "model" | "backbone">,
  encoder: FeatureEncoder,
  say: (line: string) => void,
): Promise<ShippedMethod> {
  const scorer = await InterestAttentionScorer.load(model);
  if (scorer.encoderVersion === encoder.version && scorer.featureWidth === encoder.width) {
    return { methods: [learnedMethod("shipped", "shipped", scorer)], dispose: () => scorer.dispose() };
  }
  const { encoderVersion } = scorer;
  scorer.dispose();
  if (model === undefined && backbone !== undefined) {
    say(
      `No scorer is judged: the shipped one takes features of ${encoderVersion}, not of ${encoder.version} (--model)`,
    );
    return { methods: [], dispose: () => undefined };
  }
  const advice =
    backbone === undefined
      ? "Give the backbone that the model was trained with: --backbone FILE."
      : "Give the backbone that the model was trained with (--backbone FILE), or none where that is the shipped one.";
  throw new EncoderMismatchError(model, encoderVersion, encoder.version, advice);
}
