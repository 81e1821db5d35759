import { OnnxProgram, type Numbers, type OnnxProgramOptions, type OnnxRuntime } from "@facet/onnx-graph";
import type { DescribedBatch, ScoredBatch, ScorerEngine, ScorerNetwork, StackedDescriptions } from "../engine.js";
import type { PaddedNumbers } from "../pad-numbers.js";
import { descriptionGraph } from "./description-graph.js";
import { scoreGraph } from "./score-graph.js";

/**
 * ONNX Runtime. Both halves of the method are written as graphs in memory when a model is loaded, from the same weights
 * that TensorFlow.js reads. Every architecture can be run; training cannot.
 *
 * Making the engine throws nothing. Its `load` throws what `load` and the runtime throw where they do not work here, and
 * MissingWeightError where the model is not whole, which one that was read from a folder always is.
 *
 * @param load imports the runtime, such as the npm package `onnxruntime-node`
 */
export function onnxEngine(load: () => Promise<OnnxRuntime>, options: OnnxProgramOptions = {}): ScorerEngine {
  return {
    name: "onnx",
    load: async (model) => {
      const runtime = await load();
      const description = await OnnxProgram.compile(runtime, descriptionGraph(model), options);
      try {
        return new OnnxScorer(description, await OnnxProgram.compile(runtime, scoreGraph(model), options));
      } catch (error) {
        await description.release();
        throw error;
      }
    },
  };
}

class OnnxScorer implements ScorerNetwork {
  constructor(
    private readonly description: OnnxProgram,
    private readonly scoring: OnnxProgram,
  ) {}

  async describe(histories: PaddedNumbers): Promise<DescribedBatch> {
    const results = await this.description.run({ features: valuesOf(histories), present: presentOf(histories) });
    const directions = results.get("directions");
    return {
      states: resultOf(results, "states"),
      kindMeans: resultOf(results, "kindMeans"),
      ...(directions && { directions }),
    };
  }

  async score(frames: PaddedNumbers, { states, kindMeans, directions }: StackedDescriptions): Promise<ScoredBatch> {
    const results = await this.scoring.run({
      features: valuesOf(frames),
      present: presentOf(frames),
      states: valuesOf(states),
      statesPresent: presentOf(states),
      kindMeans,
      ...(directions && { directions }),
    });
    return { weights: resultOf(results, "weights"), probabilities: resultOf(results, "probabilities") };
  }

  dispose(): void {
    void this.description.release();
    void this.scoring.release();
  }
}

function valuesOf({ values, dims }: PaddedNumbers): Numbers {
  return { data: values, dims };
}

function presentOf({ present, dims: [batch, longest] }: PaddedNumbers): Numbers {
  return { data: present, dims: [batch, longest] };
}

function resultOf(results: ReadonlyMap<string, Numbers>, name: string): Numbers {
  const found = results.get(name);
  if (!found) throw new RangeError(`The graph gives no "${name}".`);
  return found;
}
