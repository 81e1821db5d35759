import { selectBackend, type SelectedBackend } from "@facet/feature-encoder";

/** TensorFlow's native library where it is installed and loads, WebAssembly otherwise. */
export function chooseBackend(): Promise<SelectedBackend> {
  return selectBackend([
    { name: "tensorflow", load: loadNative },
    { name: "wasm", load: loadWasm },
  ]);
}

/** One line for the start of a run's output: which backend, and why not a faster one. */
export function describeBackend({ name, skipped }: SelectedBackend): string {
  const why = skipped.map((candidate) => `${candidate.name} skipped: ${candidate.reason}`).join("; ");
  return why ? `Backend: ${name} (${why})` : `Backend: ${name}`;
}

async function loadNative(): Promise<void> {
  // An optional dependency: where its library could not be downloaded there is nothing to resolve, also for the compiler.
  const optional = ["@tensorflow", "tfjs-node"].join("/");
  await import(optional);
}

async function loadWasm(): Promise<void> {
  await import("@tensorflow/tfjs-backend-wasm");
}
