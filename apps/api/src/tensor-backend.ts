import { selectBackend, type SelectedBackend } from "@facet/feature-encoder";

// Typed as any text, so that the compiler does not ask for a dependency that may be absent.
const OPTIONAL_LIBRARY = "@tensorflow/tfjs-node" as string;

const BACKENDS = {
  tensorflow: async () => {
    await import(OPTIONAL_LIBRARY);
  },
  wasm: async () => {
    await import("@tensorflow/tfjs-backend-wasm");
  },
};

export type TensorBackend = keyof typeof BACKENDS;

/**
 * Sets the tensor backend that TensorFlow.js runs on. Of those that are named, the first that works: TensorFlow's own
 * library where its optional package was installed, WebAssembly everywhere.
 */
export function selectTensorBackend(
  names: readonly TensorBackend[] = ["tensorflow", "wasm"],
): Promise<SelectedBackend> {
  return selectBackend(names.map((name) => ({ name, load: BACKENDS[name] })));
}
