import { selectBackend, type SelectedBackend } from "@facet/feature-encoder";

// Typed as any text, so that the compiler does not ask for a dependency that may be absent.
const OPTIONAL_LIBRARY = "@tensorflow/tfjs-node" as string;

/** Takes the fastest tensor backend that this machine has: TensorFlow's own library where its optional package was installed, WebAssembly everywhere. */
export function selectTensorBackend(): Promise<SelectedBackend> {
  return selectBackend([
    {
      name: "tensorflow",
      load: async () => {
        await import(OPTIONAL_LIBRARY);
      },
    },
    {
      name: "wasm",
      load: async () => {
        await import("@tensorflow/tfjs-backend-wasm");
      },
    },
  ]);
}
