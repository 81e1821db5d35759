import "@tensorflow/tfjs-backend-wasm";
import { concat, expandDims, ready, setBackend, squeeze, tensor3d, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { layers, model, input, type LayersModel } from "@tensorflow/tfjs-layers";
import { randomFeatures } from "./random-numbers.js";
import { serve, type Job } from "./subject.js";

/** The sizes of the shipped scorer; see its model.json. */
const SIZE = { feature: 672, embedding: 160, projection: 32, units: 32 } as const;

await setBackend("wasm");
await ready();

/**
 * The method as one would write it first, of layers that the library brings: a bidirectional GRU over the likes, another
 * over description and frames, a fully connected layer. Nothing of what the shipped scorer reads beside it.
 */
const project = () => [
  layers.dense({ units: SIZE.embedding, activation: "linear" }),
  layers.dense({ units: SIZE.projection, activation: "linear" }),
];
const gru = (returnSequences: boolean) =>
  layers.bidirectional({
    layer: layers.gru({ units: SIZE.units, returnSequences, recurrentInitializer: "glorotUniform" }),
    mergeMode: "concat",
  });

const describe = stackUp(SIZE.feature, [
  ...project(),
  gru(false),
  layers.dense({ units: SIZE.projection, activation: "linear" }),
]);
const embedFrames = stackUp(SIZE.feature, project());
const score = stackUp(SIZE.projection, [gru(true), layers.dense({ units: 1, activation: "tanh" })]);

type StackedLayer = ReturnType<typeof layers.dense> | ReturnType<typeof layers.bidirectional>;

function stackUp(width: number, stack: readonly StackedLayer[]): LayersModel {
  const inputs = input({ shape: [null, width] });
  const outputs = stack.reduce((below, layer) => layer.apply(below) as typeof inputs, inputs);
  return model({ inputs, outputs });
}

function prepare(job: Job): () => Promise<unknown> {
  if (job.kind !== "score") throw new Error("This only scores.");
  const { viewers, atOnce, frames, likes } = job;
  const batches = Array.from({ length: viewers / atOnce }, (_, n) => ({
    history: makeBatch(n * atOnce, atOnce, likes),
    video: makeBatch(n * atOnce, atOnce, frames),
  }));
  return async () => {
    for (const { history, video } of batches) {
      const probabilities = tidy(() => {
        const description = expandDims(describe.predict(history) as Tensor, 1); // [viewer, 1, width]
        const steps = concat([description, embedFrames.predict(video) as Tensor], 1); // [viewer, 1 + frame, width]
        return squeeze(score.predict(steps) as Tensor, [2]); // [viewer, 1 + frame]
      });
      await probabilities.data();
      for (const tensor of [probabilities, history, video]) tensor.dispose();
    }
  };
}

function makeBatch(first: number, viewers: number, count: number): Tensor {
  const rows = Array.from({ length: viewers }, (_, n) =>
    randomFeatures(count, SIZE.feature, first + n + count).map((feature) => Array.from(feature)),
  );
  return tensor3d(rows);
}

serve("tfjs-layers on wasm", prepare);
