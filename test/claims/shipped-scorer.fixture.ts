import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { selectBackend } from "@facet/feature-encoder";
import { InterestAttentionScorer } from "@facet/interest-attention";
import {
  describeHistory,
  layersOf,
  loadModel,
  padBatch,
  scoreCandidates,
  type Layers,
  type Model,
  type Scored,
} from "@facet/interest-attention/training";
import { randomNormal, type Tensor } from "@tensorflow/tfjs-core";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";

const require = createRequire(import.meta.url);

export async function useWasm(): Promise<void> {
  setWasmPaths(`${join(dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json")), "dist")}/`);
  await selectBackend([{ name: "wasm", load: () => Promise.resolve() }]);
}

/** The trained weights that the service runs with. */
export interface ShippedScorer {
  readonly scorer: InterestAttentionScorer;
  readonly model: Model;
  readonly layers: Layers;
}

export async function loadShippedScorer(): Promise<ShippedScorer> {
  await useWasm();
  const folder = dirname(require.resolve("@facet/interest-attention/weights/model.json"));
  const model = await loadModel(folder);
  return { scorer: await InterestAttentionScorer.load(), model, layers: layersOf(model.weights) };
}

/**
 * Features of made-up interests: each has a direction of its own, and its pictures are near it. Every picture looks like
 * a picture to the model, because the directions lie around a mean of the features that it was trained on.
 */
export class MadeUpInterests {
  readonly #mean: Float32Array;

  constructor({ layers, scorer }: ShippedScorer) {
    this.#mean = layers.embedding.means.dataSync<"float32">().slice(0, scorer.featureWidth);
  }

  /** @param first number of the first picture: other numbers, other pictures of the same interest */
  picture(interest: number, count: number, first = 0): Float32Array[] {
    const direction = draw(this.#mean.length, 1000 + interest);
    return Array.from({ length: count }, (_, i) => {
      const own = draw(this.#mean.length, 100_000 * (interest + 1) + first + i);
      return this.#mean.map((x, d) => x + 0.03 * (direction[d] ?? 0) + 0.01 * (own[d] ?? 0));
    });
  }
}

/** The method on one history and one video, every intermediate result of it. */
export function scoreOne(
  { model, layers }: ShippedScorer,
  likedImages: readonly Float32Array[],
  frames: readonly Float32Array[],
): Scored {
  const { architecture } = model.description;
  const history = padBatch([likedImages], architecture.featureWidth);
  const candidates = padBatch([frames], architecture.featureWidth);
  const description = describeHistory(architecture, layers.embedding, layers.history, history.values, history.present);
  return scoreCandidates(layers, description, candidates.values, candidates.present);
}

export function numbers(tensor: Tensor): number[] {
  return [...tensor.dataSync()];
}

export function indexOfLargest(values: ArrayLike<number>): number {
  return Array.from(values).reduce((best, value, i, all) => (value > (all[best] ?? -Infinity) ? i : best), 0);
}

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - (b[i] ?? NaN))));
}

function draw(width: number, seed: number): Float32Array {
  const drawn = randomNormal([width], 0, 1, "float32", seed);
  const values = drawn.dataSync<"float32">().slice();
  drawn.dispose();
  return values;
}
