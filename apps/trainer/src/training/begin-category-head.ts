import type { Weights } from "@facet/interest-attention/training";
import { tensor } from "@tensorflow/tfjs-core";
import { applyLdaMetric } from "../methods/fit-lda-metric.js";
import { nearestMean } from "../methods/kind-means.js";
import { toUnitLength } from "../methods/vectors.js";
import type { FittedEmbedding } from "./fit-embedding.js";

/**
 * The category layer at first: a category is where its pictures are in the metric's space. So the first step already
 * tells which frames made the category plain, and the interest weights learn from it at once; with a layer begun at
 * random they would be moved by chance until it has learned, and from categories alone they learn from nothing else.
 *
 * @param weights  are the caller's no more
 * @param pictures features of pictures that show each category, in the categories' order; none where none are known
 * @returns        the weights with another `category/w2`
 */
export function beginCategoryHead(weights: Weights, pictures: readonly (readonly Float32Array[])[]): Weights {
  const layer = weights.get("category/w2");
  const embedding = embeddingOf(weights);
  if (!layer || !embedding) return weights;
  const { means, directions } = embedding;
  const [rows = 0, columns = 0] = layer.shape;
  const numbers = new Float32Array(rows * columns);
  pictures.forEach((features, category) => {
    const mean = nearestMean(means, features);
    for (const feature of features) {
      toUnitLength(applyLdaMetric({ mean, directions }, feature)).forEach((x, d) => {
        const place = d * columns + category;
        numbers[place] = (numbers[place] ?? 0) + x / features.length;
      });
    }
  });
  layer.dispose();
  return new Map([...weights, ["category/w2", tensor(numbers, [rows, columns])]]);
}

function embeddingOf(weights: Weights): FittedEmbedding | undefined {
  const means = weights.get("embedding/means");
  const metric = weights.get("embedding/metric");
  if (!means || !metric) return undefined;
  const numbers = metric.dataSync<"float32">();
  const [width = 0, count = 0] = metric.shape;
  const directions = Array.from({ length: count }, (_, d) =>
    Float32Array.from({ length: width }, (_unused, row) => numbers[row * count + d] ?? 0),
  );
  const [kinds = 0] = means.shape;
  const ofKinds = means.dataSync<"float32">();
  return {
    means: Array.from({ length: kinds }, (_, kind) => ofKinds.slice(kind * width, (kind + 1) * width)),
    directions,
  };
}
