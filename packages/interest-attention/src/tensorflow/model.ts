import { tensor, type Tensor } from "@tensorflow/tfjs-core";
import type { ModelDescription, ModelFacts } from "../model-description.js";
import { readModel, writeModel, type ModelNumbers } from "../model-files.js";
import type { Weights } from "./weights.js";

/** A model in tensors. */
export interface Model {
  readonly description: ModelDescription;
  readonly weights: Weights;
}

/** Reads a model folder into tensors. @throws ModelFilesError */
export async function loadModel(folder: string): Promise<Model> {
  return toModel(await readModel(folder));
}

/**
 * Writes a model folder: `model.json` and `weights.bin`, once it is known that they can be read again.
 *
 * @throws ModelFilesError where the facts do not fit each other, a weight is missing, is of another size or holds what is no
 *   finite number, or a file cannot be written
 */
export async function saveModel(folder: string, facts: ModelFacts, weights: Weights): Promise<ModelDescription> {
  const numbers = [...weights].map(
    async ([name, weight]) => [name, await weight.data<"float32">()] satisfies [string, Float32Array],
  );
  return writeModel(folder, facts, new Map(await Promise.all(numbers)));
}

/** The same model in tensors. */
export function toModel({ description, weights }: ModelNumbers): Model {
  const tensors = [...weights].map(([name, { shape, numbers }]): [string, Tensor] => [
    name,
    tensor(numbers, [...shape]),
  ]);
  return { description, weights: new Map(tensors) };
}
