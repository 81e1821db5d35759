import { importOnnxRuntime } from "./import-onnx-runtime.js";
import type { OnnxRuntime } from "./onnx-runtime.js";

/** Tests bring the runtime that the package itself does not; undefined where its optional package is not installed. */
export async function findOnnxRuntime(): Promise<OnnxRuntime | undefined> {
  try {
    return await importOnnxRuntime();
  } catch {
    console.warn("onnxruntime-node is not installed: what runs on it is not tested.");
    return undefined;
  }
}
