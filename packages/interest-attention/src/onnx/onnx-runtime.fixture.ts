import type { OnnxRuntime } from "@facet/onnx-graph";

// Typed as any text, so that the compiler does not ask for a dependency that may be absent.
const OPTIONAL_LIBRARY = "onnxruntime-node" as string;

/** Tests bring the runtime that the package itself does not; undefined where its optional package is not installed. */
export async function findOnnxRuntime(): Promise<OnnxRuntime | undefined> {
  try {
    return ((await import(OPTIONAL_LIBRARY)) as { readonly default: OnnxRuntime }).default;
  } catch {
    console.warn("onnxruntime-node is not installed: what runs on it is not tested.");
    return undefined;
  }
}
