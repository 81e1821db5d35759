import type { Numbers } from "@facet/onnx-graph";
import { tensor2d, tensor3d, tidy, type Tensor } from "@tensorflow/tfjs-core";
import type { DescribedBatch, ScoredBatch, ScorerNetwork, StackedDescriptions } from "../engine.js";
import type { PaddedNumbers } from "../pad-numbers.js";
import { describeHistory, type DescriptionTensors } from "./history-interest-description.js";
import { layersOf } from "./layers.js";
import type { Model } from "./model.js";
import { toTensors } from "./padded-batch.js";
import { scoreCandidates } from "./score.js";
import { disposeWeights } from "./weights.js";

/** A model in tensors, which this then owns. */
export class TensorflowScorer implements ScorerNetwork {
  constructor(private readonly model: Model) {}

  async describe(histories: PaddedNumbers): Promise<DescribedBatch> {
    const { architecture } = this.model.description;
    const made = tidy(() => {
      const { values, present } = toTensors(histories);
      const { embedding, history } = layersOf(this.model.weights);
      const { states, kindMean, directions } = describeHistory(architecture, embedding, history, values, present);
      return { states, kindMean, ...(directions && { directions }) };
    });
    const { states, kindMean, directions } = made;
    return {
      states: await takeNumbers(states),
      kindMeans: await takeNumbers(kindMean),
      ...(directions && { directions: await takeNumbers(directions) }),
    };
  }

  async score(frames: PaddedNumbers, descriptions: StackedDescriptions): Promise<ScoredBatch> {
    const { weights, probabilities } = tidy(() => {
      const { values, present } = toTensors(frames);
      const scored = scoreCandidates(layersOf(this.model.weights), stackTensors(descriptions), values, present);
      return { weights: scored.weights, probabilities: scored.probabilities };
    });
    return { weights: await takeNumbers(weights), probabilities: await takeNumbers(probabilities) };
  }

  dispose(): void {
    disposeWeights(this.model.weights);
  }
}

function stackTensors({ states, kindMeans, directions }: StackedDescriptions): DescriptionTensors {
  const { values, present } = toTensors(states);
  const [batch = 0, feature = 0] = kindMeans.dims;
  const kindMean = tensor2d(kindMeans.data, [batch, feature]);
  if (!directions) return { states: values, present, kindMean };
  const [, count = 0, width = 0] = directions.dims;
  return { states: values, present, kindMean, directions: tensor3d(directions.data, [batch, count, width]) };
}

/** The tensor's numbers; its memory is given back. */
async function takeNumbers(tensor: Tensor): Promise<Numbers> {
  const data = await tensor.data<"float32">();
  tensor.dispose();
  return { data, dims: tensor.shape };
}
