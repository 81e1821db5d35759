import type { EncoderEngine } from "../engine.js";
import type { SelectedBackend } from "./select-backend.js";

/**
 * TensorFlow.js, on the backend that is set when a network is loaded. Runs every backbone.
 *
 * @param name    the backend's
 * @param prepare sets the backend, where the app has not done so
 */
export function tensorflowEngine(name = "tensorflow.js", prepare?: () => Promise<SelectedBackend>): EncoderEngine {
  return {
    name,
    load: async (backbone, picture, artifacts) => {
      // Only here: the library takes 30 MB, which an encoder on another engine does without.
      const { FrozenBackbone } = await import("./frozen-backbone.js");
      await prepare?.();
      return FrozenBackbone.load(backbone, picture, artifacts);
    },
  };
}
