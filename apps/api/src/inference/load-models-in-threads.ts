import type { EncodedImage } from "@facet/feature-encoder";
import type { FrameScores, HistoryInterestDescription, ScoreRequest } from "@facet/interest-attention";
import type { Logger } from "pino";
import { checkModels, type ModelChoice, type Models } from "../check-models.js";
import { Batcher } from "./batcher.js";
import { NetworkThread } from "./network-thread.js";
import type { EncoderFacts, NetworkName, ScorerFacts } from "./protocol.js";

const ENTRY = new URL("./inference-thread.js", import.meta.url);

/** As many as the scorer takes in one pass. */
const REQUESTS_IN_PASS = 64;
const HISTORIES_IN_PASS = 64;

/**
 * Loads encoder and scorer, each in a thread of its own: neither keeps the event loop, nor a viewer waiting for pictures
 * of an ingest. Calls of the scorer that come together are answered together.
 *
 * @param entry the built file that the threads start with
 * @throws EncoderMismatchError, InferenceFailedError
 */
export async function loadModelsInThreads(log: Logger, choice: ModelChoice, entry: URL = ENTRY): Promise<Models> {
  const { backbone, model, engine } = choice;
  const start = <Facts extends EncoderFacts | ScorerFacts>(network: NetworkName) =>
    NetworkThread.start<Facts>({ task: { network, choice: { backbone, model, engine } }, entry, log });
  const [scorer, encoder] = await Promise.allSettled([start<ScorerFacts>("scorer"), start<EncoderFacts>("encoder")]);
  try {
    const models = { scorer: toScorer(valueOf(scorer)), encoder: toEncoder(valueOf(encoder)) };
    return await checkModels(log, choice, models);
  } catch (error) {
    for (const started of [scorer, encoder]) if (started.status === "fulfilled") await started.value.stop();
    throw error;
  }
}

/** @throws what it was rejected with */
function valueOf<Value>(result: PromiseSettledResult<Value>): Value {
  if (result.status === "fulfilled") return result.value;
  throw result.reason;
}

function toEncoder(thread: NetworkThread<EncoderFacts>): Models["encoder"] {
  return {
    ...thread.facts,
    firstConvolutionUnit: (pictures) => thread.call<EncodedImage>("firstConvolutionUnit", pictures),
    secondConvolutionUnit: (pictures) => thread.call<EncodedImage>("secondConvolutionUnit", pictures),
    dispose: () => void thread.stop(),
  };
}

function toScorer(thread: NetworkThread<ScorerFacts>): Models["scorer"] {
  const scores = new Batcher<ScoreRequest, FrameScores>(
    (requests) => thread.call("scoreFrames", requests),
    REQUESTS_IN_PASS,
  );
  const descriptions = new Batcher<readonly Float32Array[], HistoryInterestDescription>(
    (histories) => thread.call("describeHistories", histories),
    HISTORIES_IN_PASS,
  );
  return {
    ...thread.facts,
    scoreFrames: (requests) => scores.answer(requests),
    describeHistories: (histories) => descriptions.answer(histories),
    dispose: () => void thread.stop(),
  };
}
