import { FacetError } from "@facet/domain";
import { loadFeatureEncoder, readBackboneFile, type FeatureEncoder } from "@facet/feature-encoder";
import { InterestAttentionScorer } from "@facet/interest-attention";
import type { Logger } from "pino";
import type { Config } from "./config/index.js";
import { selectTensorBackend } from "./tensor-backend.js";

/** Thrown at start where the scorer was trained on features of another encoder than the one that is to run. */
export class EncoderMismatchError extends FacetError {
  readonly code = "ENCODER_MISMATCH";
  constructor(
    readonly modelVersion: string,
    readonly trainedOn: string,
    readonly encodedBy: string,
  ) {
    super(
      `The scorer ${modelVersion} takes features of the encoder ${trainedOn}, but the encoder is ${encodedBy}. ` +
        `FACET_MODEL and FACET_BACKBONE belong together: give the backbone that the model was trained with, ` +
        `or train a model on this one (npm run train -- --backbone).`,
    );
  }
}

/** The two networks of the method, ready to run. */
export interface Models {
  readonly encoder: FeatureEncoder;
  readonly scorer: Pick<
    InterestAttentionScorer,
    "modelVersion" | "encoderVersion" | "describeHistories" | "scoreFrames" | "dispose"
  >;
}

/** Where the networks come from; undefined for the shipped ones. */
export type ModelChoice = Pick<Config, "backbone" | "model">;

/** What frames and liked images are squashed to when they are decoded, whatever the backbone takes. */
const PICTURE = { height: 224, width: 224 };

/**
 * Picks the tensor backend, loads encoder and scorer, and makes sure that the one understands the other.
 *
 * @throws EncoderMismatchError, and what the packages throw of files that are no backbone or no scorer
 */
export async function loadModels(log: Logger, choice: ModelChoice): Promise<Models> {
  const backbone = choice.backbone === undefined ? undefined : await readBackboneFile(choice.backbone);
  const backend = await selectTensorBackend();
  log.info({ backend: backend.name, skipped: backend.skipped }, describeChoice(backend));

  const scorer = await InterestAttentionScorer.load(choice.model);
  const encoder = await loadFeatureEncoder(backbone && { backbone, picture: PICTURE });
  if (scorer.encoderVersion !== encoder.version) {
    throw new EncoderMismatchError(scorer.modelVersion, scorer.encoderVersion, encoder.version);
  }
  if (backbone?.unsafe === "none")
    log.warn("the backbone tells no unsafe pictures: no frame will be set aside as unsafe");
  await warmUp(scorer);
  log.info({ modelVersion: scorer.modelVersion, encoderVersion: encoder.version }, "models are loaded");
  return { encoder, scorer };
}

/** The first pass compiles what the later ones run: no viewer should wait for that. */
async function warmUp(scorer: InterestAttentionScorer): Promise<void> {
  const feature = new Float32Array(scorer.featureWidth).fill(1 / scorer.featureWidth);
  const [description] = await scorer.describeHistories([[feature, feature]]);
  if (description !== undefined) await scorer.scoreFrames([{ frames: [feature, feature], description }]);
}

function describeChoice({ name, skipped }: Awaited<ReturnType<typeof selectTensorBackend>>): string {
  const others = skipped.map((candidate) => `${candidate.name} was not: ${candidate.reason}`);
  return [`tensor backend ${name} is used`, ...others].join("; ");
}
