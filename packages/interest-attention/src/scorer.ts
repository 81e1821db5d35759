import { fileURLToPath } from "node:url";
import { squeeze, tidy, type Tensor, type Tensor2D } from "@tensorflow/tfjs-core";
import { checkFeatures } from "./check-features.js";
import { DescriptionVersionError, EmptyCandidateSetError, EmptyHistoryError, ScorerDisposedError } from "./errors.js";
import { describeHistory, type DescriptionTensors } from "./history-interest-description.js";
import { layersOf } from "./layers.js";
import { loadModel, type Model } from "./model-files.js";
import { padBatch, rowsOf } from "./pad-batch.js";
import { scoreCandidates } from "./score.js";
import { stateWidth } from "./weight-plan.js";
import { disposeWeights } from "./weights.js";

/** What is known of a viewer's interests: a plain value, made once for a history and used for any number of videos. */
export interface HistoryInterestDescription {
  /** The model that made it, and the only one that can read it. */
  readonly modelVersion: string;
  /** How many liked images it was made from. */
  readonly likedImages: number;
  /** `[state, width]`, row after row: the second recurrent unit's states with what they carry. */
  readonly states: Float32Array;
  /** `[feature]`: the mean of the kind of picture that the liked images are of. */
  readonly kindMean: Float32Array;
  /** `[state, embedding]`, row after row: the liked images' embeddings; empty where the model's description is a last state. */
  readonly directions: Float32Array;
}

export interface ScoreRequest {
  /** Features of the candidate frames, in the video's order: at least 1. */
  readonly frames: readonly Float32Array[];
  readonly description: HistoryInterestDescription;
}

export interface FrameScores {
  /** How far each frame coincides with the description; any number, higher coincides better. */
  readonly interestWeights: Float32Array;
  /** 0..1, they sum to 1. The most probable frame is the cover. */
  readonly probabilities: Float32Array;
}

/** Requests scored in one pass. */
const BATCH = 64;

/**
 * The interest-attention scorer. Runs on whatever TensorFlow.js backend the app has set.
 *
 * A viewer's history becomes a description once; descriptions and candidate frames, in any number and of any lengths,
 * become interest weights and cover probabilities. What shares a batch never changes a result.
 */
export class InterestAttentionScorer {
  readonly #model: Model;
  #disposed = false;

  private constructor(model: Model) {
    this.#model = model;
  }

  /**
   * @param folder a model folder; default: the trained weights that come with this package
   * @throws ModelFilesError
   */
  static async load(folder: string = shippedWeights()): Promise<InterestAttentionScorer> {
    return new InterestAttentionScorer(await loadModel(folder));
  }

  /** Of a model in memory, which the scorer then owns. */
  static of(model: Model): InterestAttentionScorer {
    return new InterestAttentionScorer(model);
  }

  get modelVersion(): string {
    return this.#model.description.modelVersion;
  }

  /** Features made by any other encoder mean nothing to this model. */
  get encoderVersion(): string {
    return this.#model.description.encoderVersion;
  }

  get featureWidth(): number {
    return this.#model.description.architecture.featureWidth;
  }

  /**
   * Makes each history's interest description (claims 1 and 5).
   *
   * @param histories each the features of a viewer's liked images, oldest first, at least 1
   * @throws EmptyHistoryError, FeatureWidthError, FeatureValueError, ScorerDisposedError
   */
  async describeHistories(histories: readonly (readonly Float32Array[])[]): Promise<HistoryInterestDescription[]> {
    histories.forEach((history, n) => {
      if (history.length === 0) throw new EmptyHistoryError(n);
      checkFeatures(history, this.featureWidth, (i) => `liked image ${i} of history ${n}`);
    });
    return this.#inBatches(histories, (batch) => this.#describe(batch));
  }

  /**
   * Weighs every candidate frame and gives each its probability (claims 1 to 4).
   *
   * @throws EmptyCandidateSetError, FeatureWidthError, FeatureValueError, DescriptionVersionError, ScorerDisposedError
   */
  async scoreFrames(requests: readonly ScoreRequest[]): Promise<FrameScores[]> {
    requests.forEach(({ frames, description }, n) => {
      if (frames.length === 0) throw new EmptyCandidateSetError(n);
      checkFeatures(frames, this.featureWidth, (i) => `frame ${i} of request ${n}`);
      if (description.modelVersion !== this.modelVersion) {
        throw new DescriptionVersionError(description.modelVersion, this.modelVersion);
      }
    });
    return this.#inBatches(requests, (batch) => this.#score(batch));
  }

  /** Gives the weights' memory back. May be called twice. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    disposeWeights(this.#model.weights);
  }

  async #describe(histories: readonly (readonly Float32Array[])[]): Promise<HistoryInterestDescription[]> {
    const { architecture } = this.#model.description;
    const made = tidy(() => {
      const { values, present } = padBatch(histories, architecture.featureWidth);
      const { embedding, history } = layersOf(this.#model.weights);
      const { states, kindMean, directions } = describeHistory(architecture, embedding, history, values, present);
      return directions ? [states, kindMean, directions] : [states, kindMean];
    });
    const [states, kindMeans, directions] = await takeNumbers(made);
    return histories.map((history, n) => {
      const kept = architecture.description === "sequence" ? history.length : 1;
      return {
        modelVersion: this.modelVersion,
        likedImages: history.length,
        states: cut(states, made[0], n, kept),
        kindMean: cut(kindMeans, made[1], n, this.featureWidth),
        directions: cut(directions, made[2], n, kept),
      };
    });
  }

  async #score(requests: readonly ScoreRequest[]): Promise<FrameScores[]> {
    const made = tidy(() => {
      const { values, present } = padBatch(
        requests.map(({ frames }) => frames),
        this.featureWidth,
      );
      const description = this.#stack(requests.map((request) => request.description));
      const { weights, probabilities } = scoreCandidates(layersOf(this.#model.weights), description, values, present);
      return [weights, probabilities];
    });
    const [weights, probabilities] = await takeNumbers(made);
    return requests.map(({ frames }, n) => ({
      interestWeights: cut(weights, made[0], n, frames.length),
      probabilities: cut(probabilities, made[1], n, frames.length),
    }));
  }

  #stack(descriptions: readonly HistoryInterestDescription[]): DescriptionTensors {
    const { architecture } = this.#model.description;
    const stackRows = (part: (description: HistoryInterestDescription) => Float32Array, width: number) =>
      padBatch(
        descriptions.map((description) => rowsOf(part(description), width)),
        width,
      );
    const { values: states, present } = stackRows(({ states }) => states, stateWidth(architecture));
    const { values: kindMeans } = stackRows(({ kindMean }) => kindMean, this.featureWidth); // one row each
    const kindMean = squeeze<Tensor2D>(kindMeans, [1]);
    if (architecture.description === "lastState") return { states, present, kindMean };
    const { values: directions } = stackRows(({ directions }) => directions, architecture.embeddingWidth);
    return { states, present, kindMean, directions };
  }

  async #inBatches<In, Out>(items: readonly In[], run: (batch: readonly In[]) => Promise<Out[]>): Promise<Out[]> {
    const results: Out[] = [];
    for (let start = 0; start < items.length; start += BATCH) {
      if (this.#disposed) throw new ScorerDisposedError();
      results.push(...(await run(items.slice(start, start + BATCH))));
    }
    return results;
  }
}

/** The tensors' numbers; the tensors' memory is given back. */
async function takeNumbers(tensors: readonly Tensor[]): Promise<Float32Array[]> {
  const numbers = await Promise.all(tensors.map((tensor) => tensor.data<"float32">()));
  for (const tensor of tensors) tensor.dispose();
  return numbers;
}

/** The first `kept` rows of item `n` of a batch, copied. */
function cut(numbers: Float32Array | undefined, tensor: Tensor | undefined, n: number, kept: number): Float32Array {
  if (!numbers || !tensor) return new Float32Array();
  const [, rows = 0, width = 1] = tensor.shape;
  return numbers.slice(n * rows * width, (n * rows + kept) * width);
}

function shippedWeights(): string {
  return fileURLToPath(new URL("../weights", import.meta.url));
}
