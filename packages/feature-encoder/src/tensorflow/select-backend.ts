import { firstThatWorks, type Skipped } from "@facet/domain";
import type * as TensorFlow from "@tensorflow/tfjs-core";
import { NoBackendError } from "../errors.js";

/** A TensorFlow.js backend that the app could use. */
export interface BackendCandidate {
  /** The name under which the backend registers itself: `tensorflow`, `wasm`, `cpu`. */
  readonly name: string;
  /** Imports the backend's module, which registers it. Rejects where it cannot run. */
  readonly load: () => Promise<void>;
}

export interface SelectedBackend {
  readonly name: string;
  /** The candidates tried before it, each with the reason why it could not be used: one line, fit for a log. */
  readonly skipped: readonly Skipped[];
}

/**
 * Sets the first backend that works as the one that every tensor of this process lives on.
 *
 * @throws NoBackendError where none works
 */
export async function selectBackend(candidates: readonly BackendCandidate[]): Promise<SelectedBackend> {
  const tensorflow = await import("@tensorflow/tfjs-core");
  const choice = await firstThatWorks(candidates, async ({ name, load }) => {
    await load();
    if (!(await tensorflow.setBackend(name))) throw new Error("it loads but does not start");
    await tensorflow.ready();
    await compute(tensorflow);
  });
  if (!choice.found) throw new NoBackendError(choice.skipped);
  return { name: choice.name, skipped: choice.skipped };
}

/** A backend may load and start, and still fail at its first operation: tfjs-node does so on Node 23 and newer. */
async function compute({ add, tensor1d }: typeof TensorFlow): Promise<void> {
  const one = tensor1d([1]);
  const two = add(one, one);
  try {
    const [sum] = await two.data();
    if (sum !== 2) throw new Error("it starts but does not compute");
  } finally {
    one.dispose();
    two.dispose();
  }
}
