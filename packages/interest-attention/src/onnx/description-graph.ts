import { OnnxGraph, type Value } from "@facet/onnx-graph";
import { lacks, type Architecture } from "../architecture.js";
import type { ModelNumbers } from "../model-files.js";
import { embed, findKindMean } from "./embedding-nodes.js";
import { readBothWays } from "./gru-nodes.js";
import { relateLikedImages } from "./relation-nodes.js";
import { ScorerMath } from "./scorer-math.js";

/**
 * `describeHistory` as a graph. Inputs: `features`, `[batch, like, feature]`, and `present`, `[batch, like]`. Outputs:
 * `states`, `kindMeans` and, where the description is a sequence, `directions`.
 */
export function descriptionGraph({ description, weights }: ModelNumbers): OnnxGraph {
  const { architecture } = description;
  const graph = new OnnxGraph("history-interest-description");
  const math = new ScorerMath(graph, weights);
  const features = graph.input("features", "float32", ["batch", "like", architecture.featureWidth]);
  const present = graph.input("present", "float32", ["batch", "like"]);

  const kindMean = findKindMean(math, features, present);
  const { directions } = embed(math, features, present, kindMean);
  const steps = likedImageSteps(math, architecture, directions, present);
  const isSequence = architecture.description === "sequence";
  graph.output("states", describe(math, architecture, steps, present));
  graph.output("kindMeans", kindMean);
  // Without the second unit nothing is left out of the description, whatever it is.
  if (isSequence || !math.has("history/secondGru/inputKernel")) graph.output("directions", directions);
  return graph;
}

function describe(math: ScorerMath, architecture: Architecture, steps: Value, present: Value): Value {
  if (!math.has("history/secondGru/inputKernel")) return steps;
  const { states, last } = readBothWays(math, "history/secondGru", steps, present);
  if (architecture.description === "lastState") return math.expand(last, 1);
  return architecture.carriesInputs ? math.concat([states, steps], 2) : states;
}

function likedImageSteps(math: ScorerMath, architecture: Architecture, directions: Value, present: Value): Value {
  const projected = math.mul(
    math.tanh(math.multiply(directions, math.weight("history/projection"))),
    math.expand(present, 2),
  );
  if (architecture.relations === "none") return projected;
  const recency = lacks(architecture, "recency") ? "unknown" : "known";
  return math.concat([projected, relateLikedImages(math, directions, present, recency)], 2);
}
