export { InferenceFailedError, InferenceThreadGoneError } from "./errors.js";
export { loadModelsInThreads } from "./load-models-in-threads.js";
