import { selectBackend, type SelectedBackend } from "@facet/feature-encoder";

/** Takes the fastest tensor backend that this machine has: TensorFlow's own library where its optional package was installed, WebAssembly everywhere. */
export function selectTensorBackend(): Promise<SelectedBackend> {
  return selectBackend([
    {
      name: "tensorflow",
      load: async () => {
        // The name is in a variable so that the compiler does not ask for a dependency that may be absent.
        const optional: string = "@tensorflow/tfjs-node";
        await import(optional);
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
