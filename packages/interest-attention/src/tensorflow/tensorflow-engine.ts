import type { ScorerEngine } from "../engine.js";

/**
 * TensorFlow.js, on the backend that is set when a model is loaded.
 *
 * @param name    the backend's
 * @param prepare sets the backend, where the app has not done so
 */
export function tensorflowEngine(name = "tensorflow.js", prepare?: () => Promise<unknown>): ScorerEngine {
  return {
    name,
    load: async (model) => {
      // Only here: the library takes 30 MB, which a scorer on another engine does without.
      const [{ TensorflowScorer }, { toModel }] = await Promise.all([
        import("./tensorflow-scorer.js"),
        import("./model.js"),
      ]);
      await prepare?.();
      return new TensorflowScorer(toModel(model));
    },
  };
}
