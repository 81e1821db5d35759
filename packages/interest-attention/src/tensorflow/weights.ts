import { randomUniform, tensor, type Tensor } from "@tensorflow/tfjs-core";
import type { Architecture } from "../architecture.js";
import { planWeights, type PlannedWeight } from "../weight-plan.js";

/** Every tensor of a model by its name. */
export type Weights = ReadonlyMap<string, Tensor>;

/**
 * Weights that nothing was learned in yet. Equal seeds give equal weights.
 *
 * @param seed whole number
 */
export function initialiseWeights(architecture: Architecture, seed: number): Weights {
  return new Map(
    planWeights(architecture).map((planned, place) => [planned.name, begin(planned, seed * 1000 + place)]),
  );
}

export function disposeWeights(weights: Weights): void {
  for (const weight of weights.values()) weight.dispose();
}

function begin({ shape, beginning }: PlannedWeight, seed: number): Tensor {
  const size = shape.reduce((product, n) => product * n, 1);
  if (beginning === "spread") {
    const [inputs = 1, outputs = 1] = shape.slice(-2);
    const limit = Math.sqrt(6 / (inputs + outputs));
    return randomUniform([...shape], -limit, limit, "float32", seed);
  }
  const numbers = typeof beginning === "number" ? new Float32Array(size).fill(beginning) : Float32Array.from(beginning);
  return tensor(numbers, [...shape]);
}
