import type { OnnxRuntime } from "./onnx-runtime.js";

// Typed as any text, so that the compiler does not ask for a dependency that may be absent.
const OPTIONAL_RUNTIME = "onnxruntime-node" as string;

/**
 * Imports the npm package `onnxruntime-node`, which is for the app to install, and tells it to report nothing. From 1.29 on
 * ONNX Runtime's own builds send facts about the machine and every loaded model to Microsoft, and keep an id of the
 * machine and what is not sent yet in the user's cache folder, unless `ORT_DISABLE_TELEMETRY` is set when the library
 * starts (https://github.com/microsoft/onnxruntime/pull/27379). Where it is set already, it is left as it is.
 *
 * A thread has a copy of the environment, which the library does not see: start it with `env: SHARE_ENV`.
 *
 * @throws what the import throws where the package is not installed or does not run here
 */
export async function importOnnxRuntime(): Promise<OnnxRuntime> {
  // The one way to tell it: it has no option for this, and reads its environment.
  // eslint-disable-next-line no-restricted-properties
  process.env["ORT_DISABLE_TELEMETRY"] ??= "1";
  return ((await import(OPTIONAL_RUNTIME)) as { readonly default: OnnxRuntime }).default;
}
