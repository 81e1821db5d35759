import { loadFeatureEncoder, type FeatureEncoder } from "@facet/feature-encoder";
import { InterestAttentionScorer } from "@facet/interest-attention";
import type { Logger } from "pino";
import { selectTensorBackend } from "./tensor-backend.js";

/** The two networks of the method, ready to run. */
export interface Models {
  readonly encoder: FeatureEncoder;
  readonly scorer: Pick<
    InterestAttentionScorer,
    "modelVersion" | "encoderVersion" | "describeHistories" | "scoreFrames" | "dispose"
  >;
}

/** Picks the tensor backend, loads encoder and scorer, and makes sure that the one understands the other. */
export async function loadModels(log: Logger): Promise<Models> {
  const backend = await selectTensorBackend();
  log.info({ backend: backend.name, skipped: backend.skipped }, describeChoice(backend));
  const encoder = await loadFeatureEncoder();
  const scorer = await InterestAttentionScorer.load();
  if (scorer.encoderVersion !== encoder.version) {
    const trained = `The scorer ${scorer.modelVersion} was trained on features of ${scorer.encoderVersion}`;
    throw new Error(`${trained}, but the encoder is ${encoder.version}: train it anew.`);
  }
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
