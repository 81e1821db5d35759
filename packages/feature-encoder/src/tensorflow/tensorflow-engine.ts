import type { EncoderEngine } from "../engine.js";
import type { SelectedBackend } from "./select-backend.js";

/**
 * TensorFlow.js, on the backend that is set when a network is loaded, or else the first that is registered. Runs every
 * backbone; where there is no backend, the next engine is tried.
 *
 * @param name    the backend's
 * @param prepare sets the backend, where the app has not done so
 */
export function tensorflowEngine(name = "tensorflow.js", prepare?: () => Promise<SelectedBackend>): EncoderEngine {
  return {
    name,
    load: async (backbone, picture, artifacts) => {
      // Only here: the library takes 30 MB, which an encoder on another engine does without.
      const [{ FrozenBackbone }, { ready }] = await Promise.all([
        import("./frozen-backbone.js"),
        import("@tensorflow/tfjs-core"),
      ]);
      await prepare?.();
      // Else the library's first complaint of it comes while it reads the network, and the network would be blamed.
      await ready();
      return FrozenBackbone.load(backbone, picture, artifacts);
    },
  };
}
