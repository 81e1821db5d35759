import { fileURLToPath } from "node:url";
import { firstThatWorks, type Skipped } from "@facet/domain";
import type { Numbers } from "@facet/onnx-graph";
import { checkDescription, keptStates } from "./check-description.js";
import { checkFeatures } from "./check-features.js";
import type { ScorerEngine, ScorerNetwork, StackedDescriptions } from "./engine.js";
import { EmptyCandidateSetError, EmptyHistoryError, NoScorerEngineError, ScorerDisposedError } from "./errors.js";
import type { HistoryInterestDescription } from "./history-interest-description.js";
import { learnedCategories, type ModelDescription } from "./model-description.js";
import { readModel } from "./model-files.js";
import { padNumbers, rowsOf } from "./pad-numbers.js";
import { tensorflowEngine } from "./tensorflow/tensorflow-engine.js";
import { stateWidth } from "./weight-plan.js";

export interface ScoreRequest {
  /** Features of the candidate frames, in the video's order: at least 1; numbers from -1e15 to 1e15. */
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

/** The engine that runs a scorer, and those that were tried before it. */
export interface ChosenEngine {
  readonly name: string;
  readonly skipped: readonly Skipped[];
}

/**
 * The interest-attention scorer.
 *
 * A viewer's history becomes a description once; descriptions and candidate frames, in any number and of any lengths,
 * become interest weights and cover probabilities. What shares a batch never changes a result.
 */
export class InterestAttentionScorer {
  #disposed = false;

  /** For a network that an engine has loaded already, which the scorer then owns. `load` is what is usually wanted. */
  constructor(
    readonly engine: ChosenEngine,
    private readonly description: ModelDescription,
    private readonly network: ScorerNetwork,
  ) {}

  /**
   * @param folder  a model folder; default: the trained weights that come with this package
   * @param engines what may run it: the first that can is taken. Default: TensorFlow.js, on whatever backend the app set
   * @throws ModelFilesError, NoScorerEngineError
   */
  static async load(
    folder: string = shippedWeights(),
    engines: readonly ScorerEngine[] = [tensorflowEngine()],
  ): Promise<InterestAttentionScorer> {
    const model = await readModel(folder);
    const choice = await firstThatWorks(engines, (engine) => engine.load(model));
    if (!choice.found) throw new NoScorerEngineError(choice.skipped);
    const { name, skipped, result } = choice;
    return new InterestAttentionScorer({ name, skipped }, model.description, result);
  }

  get modelVersion(): string {
    return this.description.modelVersion;
  }

  /** Names of the categories that it was trained to tell apart; of photos, an interest each: `folder/interest`. */
  get categories(): readonly string[] {
    return this.description.categories;
  }

  /** Names of all categories that it or a model that it went on from was trained on. */
  get learnedCategories(): readonly string[] {
    return learnedCategories(this.description);
  }

  /** Features made by any other encoder mean nothing to this model. */
  get encoderVersion(): string {
    return this.description.encoderVersion;
  }

  get featureWidth(): number {
    return this.description.architecture.featureWidth;
  }

  /**
   * Makes each history's interest description (claims 1 and 5).
   *
   * @param histories each the features of a viewer's liked images, oldest first, at least 1; numbers from -1e15 to 1e15
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
   * @throws EmptyCandidateSetError, FeatureWidthError, FeatureValueError, DescriptionVersionError, DescriptionError,
   *   ScorerDisposedError
   */
  async scoreFrames(requests: readonly ScoreRequest[]): Promise<FrameScores[]> {
    const checked = new Set<HistoryInterestDescription>(); // a viewer's one often comes with each of many videos
    requests.forEach(({ frames, description }, n) => {
      if (frames.length === 0) throw new EmptyCandidateSetError(n);
      checkFeatures(frames, this.featureWidth, (i) => `frame ${i} of request ${n}`);
      if (!checked.has(description)) checkDescription(this.description, description, n);
      checked.add(description);
    });
    return this.#inBatches(requests, (batch) => this.#score(batch));
  }

  /**
   * Gives the weights' memory back. May be called twice. A pass that has begun is finished first, whatever the engine: a
   * call that needs no other one (it takes one for 64 histories or requests) still resolves, and any other one rejects with
   * ScorerDisposedError.
   */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.network.dispose();
  }

  async #describe(histories: readonly (readonly Float32Array[])[]): Promise<HistoryInterestDescription[]> {
    const { states, kindMeans, directions } = await this.network.describe(padNumbers(histories, this.featureWidth));
    return histories.map((history, n) => {
      const kept = keptStates(this.description.architecture, history.length);
      return {
        modelVersion: this.modelVersion,
        likedImages: history.length,
        states: cut(states, n, kept),
        kindMean: cut(kindMeans, n, this.featureWidth),
        directions: directions ? cut(directions, n, kept) : new Float32Array(),
      };
    });
  }

  async #score(requests: readonly ScoreRequest[]): Promise<FrameScores[]> {
    const frames = padNumbers(
      requests.map((request) => request.frames),
      this.featureWidth,
    );
    const descriptions = this.#stack(requests.map((request) => request.description));
    const { weights, probabilities } = await this.network.score(frames, descriptions);
    return requests.map((request, n) => ({
      interestWeights: cut(weights, n, request.frames.length),
      probabilities: cut(probabilities, n, request.frames.length),
    }));
  }

  #stack(descriptions: readonly HistoryInterestDescription[]): StackedDescriptions {
    const { architecture } = this.description;
    const stackRows = (part: (description: HistoryInterestDescription) => Float32Array, width: number) =>
      padNumbers(
        descriptions.map((description) => rowsOf(part(description), width)),
        width,
      );
    const states = stackRows(({ states }) => states, stateWidth(architecture));
    const { values } = stackRows(({ kindMean }) => kindMean, this.featureWidth); // one row each
    const kindMeans = { data: values, dims: [descriptions.length, this.featureWidth] };
    if (architecture.description === "lastState") return { states, kindMeans };
    const directions = stackRows(({ directions }) => directions, architecture.embeddingWidth);
    return { states, kindMeans, directions: { data: directions.values, dims: directions.dims } };
  }

  async #inBatches<In, Out>(items: readonly In[], run: (batch: readonly In[]) => Promise<Out[]>): Promise<Out[]> {
    const results: Out[] = [];
    this.#refuseIfDisposed(); // even where there is nothing to do
    for (let start = 0; start < items.length; start += BATCH) {
      this.#refuseIfDisposed();
      results.push(...(await run(items.slice(start, start + BATCH))));
    }
    return results;
  }

  #refuseIfDisposed(): void {
    if (this.#disposed) throw new ScorerDisposedError();
  }
}

/** The first `kept` rows of item `n` of a batch, copied. */
function cut({ data, dims }: Numbers, n: number, kept: number): Float32Array {
  const [, rows = 0, width = 1] = dims;
  return data.slice(n * rows * width, (n * rows + kept) * width);
}

function shippedWeights(): string {
  return fileURLToPath(new URL("../weights", import.meta.url));
}
