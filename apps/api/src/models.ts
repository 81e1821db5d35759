import { FacetError } from "@facet/domain";
import { loadFeatureEncoder, type FeatureEncoder } from "@facet/feature-encoder";
import { InterestAttentionScorer } from "@facet/interest-attention";
import type { Logger } from "pino";
import { checkModels, type ModelChoice, type Models } from "./check-models.js";
import { listEngines } from "./engines.js";
import { readBackbone } from "./read-backbone.js";
import { StartError } from "./start-error.js";

/** What frames and liked images are squashed to when they are decoded, whatever the backbone takes. */
const PICTURE = { height: 224, width: 224 };

/**
 * Loads encoder and scorer in this thread, and makes sure that the one understands the other.
 *
 * @throws EncoderMismatchError, and what the packages throw of files that are no backbone or no scorer, or where the
 *   engine that was asked for cannot be used
 */
export async function loadModels(log: Logger, choice: ModelChoice): Promise<Models> {
  const scorer = await loadScorer(choice);
  return checkModels(log, choice, { scorer, encoder: await loadEncoder(choice) });
}

/** On the first engine that can run it, and warm. @throws StartError where FACET_MODEL holds no scorer */
export async function loadScorer({ model, engine }: ModelChoice): Promise<InterestAttentionScorer> {
  const scorer = await InterestAttentionScorer.load(model, listEngines(engine).scorer).catch((cause: unknown) => {
    if (model === undefined || !(cause instanceof FacetError)) throw cause;
    throw new StartError(`The model in ${model} (FACET_MODEL) cannot be used. ${cause.message}`, { cause });
  });
  await warmUp(scorer);
  return scorer;
}

/** On the first engine that can run it. */
export async function loadEncoder(choice: ModelChoice): Promise<FeatureEncoder> {
  const backbone = await readBackbone(choice);
  const engines = listEngines(choice.engine).encoder;
  return loadFeatureEncoder({ engines, ...(backbone && { backbone, picture: PICTURE }) });
}

/** The first pass compiles what the later ones run: no viewer should wait for that. */
async function warmUp(scorer: InterestAttentionScorer): Promise<void> {
  const feature = new Float32Array(scorer.featureWidth).fill(1 / scorer.featureWidth);
  const [description] = await scorer.describeHistories([[feature, feature]]);
  if (description !== undefined) await scorer.scoreFrames([{ frames: [feature, feature], description }]);
}
