import {
  loadFeatureEncoder,
  onnxEngine,
  tensorflowEngine,
  type FeatureEncoder,
  type FeatureEncoderOptions,
} from "@facet/feature-encoder";
import { importOnnxRuntime } from "@facet/onnx-graph";

/**
 * The encoder on the fastest engine: ONNX Runtime where it is installed, otherwise the tensor backend, which training
 * needs in any case and must be chosen before. Its version, and so the caches of features, do not depend on the engine.
 */
export function loadEncoder(options: FeatureEncoderOptions = {}): Promise<FeatureEncoder> {
  return loadFeatureEncoder({
    ...options,
    engines: [onnxEngine(importOnnxRuntime), tensorflowEngine("the tensor backend")],
  });
}

/** One line for the start of a run's output. */
export function describeEncoder({ engine: { name, skipped } }: FeatureEncoder): string {
  const why = skipped.map((candidate) => `${candidate.name} skipped: ${candidate.reason}`).join("; ");
  return why ? `Encoder on ${name} (${why})` : `Encoder on ${name}`;
}
