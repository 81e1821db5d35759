import { FacetError } from "@facet/domain";

/** Thrown where a network failed inside of its thread. */
export class InferenceFailedError extends FacetError {
  readonly code = "INFERENCE_FAILED";
}

/** Thrown of whatever was in work when the thread of a network ended, or was told to end. Another takes its place. */
export class InferenceThreadGoneError extends FacetError {
  readonly code = "INFERENCE_THREAD_GONE";
  constructor(network: string, reason: string) {
    super(`The thread of the ${network} is gone: ${reason}.`);
  }
}
