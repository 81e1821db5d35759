import { FacetError } from "@facet/domain";
import type { FeatureEncoder } from "@facet/feature-encoder";
import type { InterestAttentionScorer } from "@facet/interest-attention";
import type { Logger } from "pino";
import type { Config } from "./config/index.js";
import type { EnginesInUse } from "./http/health.js";
import { readBackbone } from "./read-backbone.js";

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
    "engine" | "modelVersion" | "encoderVersion" | "describeHistories" | "scoreFrames" | "dispose"
  >;
}

/** Which engine runs which network. */
export function enginesOf({ encoder, scorer }: Models): EnginesInUse {
  return { encoder: encoder.engine.name, scorer: scorer.engine.name };
}

/** Where the networks come from, undefined for the shipped ones, and what runs them, undefined for the first that works. */
export type ModelChoice = Pick<Config, "backbone" | "model" | "engine">;

/** Tells what was loaded. @throws EncoderMismatchError */
export async function checkModels(log: Logger, choice: ModelChoice, models: Models): Promise<Models> {
  const { encoder, scorer } = models;
  logEngine(log, "scorer", scorer.engine);
  logEngine(log, "encoder", encoder.engine);
  if (scorer.encoderVersion !== encoder.version) {
    throw new EncoderMismatchError(scorer.modelVersion, scorer.encoderVersion, encoder.version);
  }
  const backbone = await readBackbone(choice);
  if (backbone?.unsafe === "none")
    log.warn("the backbone tells no unsafe pictures: no frame will be set aside as unsafe");
  log.info({ modelVersion: scorer.modelVersion, encoderVersion: encoder.version }, "models are loaded");
  return models;
}

/** A slower engine than could be is said loudly: it may be five times slower. */
function logEngine(log: Logger, network: "encoder" | "scorer", { name, skipped }: FeatureEncoder["engine"]): void {
  const others = skipped.map((candidate) => `${candidate.name} was not: ${candidate.reason}`);
  const line = [`the ${network} runs on the engine ${name}`, ...others].join("; ");
  log[skipped.length > 0 ? "warn" : "info"]({ network, engine: name, skipped }, line);
}
