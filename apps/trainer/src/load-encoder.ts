import {
  loadFeatureEncoder,
  onnxEngine,
  tensorflowEngine,
  type FeatureEncoder,
  type FeatureEncoderOptions,
} from "@facet/feature-encoder";
import type { OnnxRuntime } from "@facet/onnx-graph";

// Typed as any text, so that the compiler does not ask for a dependency that may be absent.
const OPTIONAL_RUNTIME = "onnxruntime-node" as string;

/**
 * The encoder on the fastest engine: ONNX Runtime where it is installed, otherwise the tensor backend, which training
 * needs in any case and must be chosen before. Its version, and so the caches of features, do not depend on the engine.
 */
export function loadEncoder(options: FeatureEncoderOptions = {}): Promise<FeatureEncoder> {
  return loadFeatureEncoder({
    ...options,
    engines: [onnxEngine(importRuntime), tensorflowEngine("the tensor backend")],
  });
}

/** One line for the start of a run's output. */
export function describeEncoder({ engine: { name, skipped } }: FeatureEncoder): string {
  const why = skipped.map((candidate) => `${candidate.name} skipped: ${candidate.reason}`).join("; ");
  return why ? `Encoder on ${name} (${why})` : `Encoder on ${name}`;
}

async function importRuntime(): Promise<OnnxRuntime> {
  return ((await import(OPTIONAL_RUNTIME)) as { readonly default: OnnxRuntime }).default;
}
