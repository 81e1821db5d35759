import { OnnxGraph, type Value } from "@facet/onnx-graph";
import type { ModelNumbers } from "../model-files.js";
import { LEAD_FALLS_OFF, RAMP_SLOPE } from "../recipe.js";
import { stateWidth } from "../weight-plan.js";
import { embed, nearestKind, type EmbeddedNodes } from "./embedding-nodes.js";
import { readBothWays } from "./gru-nodes.js";
import { relateFrames } from "./relation-nodes.js";
import { ScorerMath } from "./scorer-math.js";

/** As `DescriptionTensors`, in values of a graph. */
interface DescriptionNodes {
  readonly states: Value;
  readonly present: Value;
  readonly directions: Value | undefined;
}

/**
 * `scoreCandidates` as a graph. Inputs: `features`, `present` of the frames; `states`, `statesPresent`, `kindMeans` and,
 * where the description is a sequence, `directions`. Outputs: `weights`, `probabilities`, each `[batch, frame]`.
 */
export function scoreGraph({ description, weights }: ModelNumbers): OnnxGraph {
  const { architecture } = description;
  const graph = new OnnxGraph("interest-attention");
  const math = new ScorerMath(graph, weights);
  const input = (name: string, ...dims: (number | string)[]) => graph.input(name, "float32", ["batch", ...dims]);
  const features = input("features", "frame", architecture.featureWidth);
  const present = input("present", "frame");
  const kindMean = input("kindMeans", architecture.featureWidth);
  const described: DescriptionNodes = {
    states: input("states", "state", stateWidth(architecture)),
    present: input("statesPresent", "state"),
    directions:
      architecture.description === "sequence" ? input("directions", "state", architecture.embeddingWidth) : undefined,
  };

  const frames = embed(math, features, present, kindMean);
  const coincidences = coincide(math, described, frames, present);
  const interestWeights = weighInterest(math, coincidences, present, nearestKind(math, kindMean));
  graph.output("weights", interestWeights);
  graph.output("probabilities", coverProbabilities(math, interestWeights, frames.directions, present));
  return graph;
}

/** See `readDescriptionAndFrames` and `coincide`. `[batch, frame]` */
function coincide(math: ScorerMath, described: DescriptionNodes, frames: EmbeddedNodes, present: Value): Value {
  const { step, logSalience } = readDescription(math, described);
  const parts = [math.tanh(math.multiply(frames.directions, math.weight("interest/projection")))];
  if (math.has("interest/logSharpness") && described.directions !== undefined) {
    const likes = { directions: described.directions, present: described.present, logSalience };
    parts.push(relateFrames(math, frames, present, likes));
  }
  if (math.has("interest/appearance")) {
    parts.push(math.tanh(math.multiply(frames.centred, math.weight("interest/appearance"))));
  }
  const seen = math.mul(math.concat(parts, 2), math.expand(present, 2)); // [batch, frame, step]
  const agreement = math.add(compareStates(math, step, seen, present), math.weight("interest/coincidenceBias"));
  if (!math.has("interest/carriedBias")) return agreement;

  const from = math.numbers("interest/projection").shape[1] ?? 0;
  const compared = math.slice(seen, 2, from, from + math.numbers("interest/carriedBias").numbers.length);
  const bias = math.weight("interest/carriedBias");
  const asked = math.has("interest/carriedMatrix")
    ? math.add(math.multiply(step, math.weight("interest/carriedMatrix")), bias)
    : bias; // [batch, 1, comparison]
  return math.add(agreement, math.sum(math.mul(asked, compared), 2));
}

/** See `interestWeights`. `[batch, frame]` */
function weighInterest(math: ScorerMath, coincidences: Value, present: Value, kind: Value): Value {
  const best = math.max(math.add(coincidences, math.absence(present)), 1, "keep");
  const usual = math.div(math.sum(math.mul(coincidences, present), 1, "keep"), math.sum(present, 1, "keep"));
  const leadAt = (place: number) => math.slice(math.weight("interest/lead"), 0, place, place + 1);
  const lead = math.add(math.mul(math.sub(best, usual), leadAt(1)), leadAt(0));
  const fallen = math.exp(math.mul(math.minimum(math.sub(coincidences, best), 0), LEAD_FALLS_OFF));
  const sharpness = math.expand(math.gather(math.weight("interest/sharpness"), kind), 1);
  return math.mul(math.mul(math.add(coincidences, math.mul(fallen, lead)), sharpness), present);
}

/** See `readDescription`. */
function readDescription(
  math: ScorerMath,
  { states, present }: DescriptionNodes,
): { readonly step: Value; readonly logSalience: Value } {
  const here = math.expand(present, 1);
  const shares = math.has("interest/salience")
    ? math.softmaxWhere(here, math.flip(math.multiply(states, math.weight("interest/salience"))))
    : here; // [batch, head, state]
  const summary = math.reshape(math.multiply(shares, states), [0, -1]); // [batch, head x width]
  const step = math.add(math.multiply(summary, math.weight("interest/toStep")), math.weight("interest/toStepBias"));
  return { step: math.expand(step, 1), logSalience: math.log(math.add(shares, 1e-9)) };
}

/** The cosine of the first unit's states for the description and for each frame. `[batch, frame]` */
function compareStates(math: ScorerMath, step: Value, seen: Value, present: Value): Value {
  if (!math.has("interest/firstGru/inputKernel")) return math.mul(present, 0);
  // The first frame of every request is there, as the description is.
  const allPresent = math.concat([math.slice(present, 1, 0, 1), present], 1);
  const carried = math.concat([step, seen], 1);
  const states = math.toUnitLength(readBothWays(math, "interest/firstGru", carried, allPresent).states);
  const [taste, frames] = [math.slice(states, 1, 0, 1), math.slice(states, 1, 1)];
  if (!math.has("interest/coincidenceScale")) {
    return math.squeeze(math.multiply(frames, math.weight("interest/frameReading")), 2);
  }
  return math.mul(math.sum(math.mul(taste, frames), 2), math.weight("interest/coincidenceScale"));
}

/** See `coverProbabilities`. */
function coverProbabilities(math: ScorerMath, weights: Value, directions: Value, present: Value): Value {
  // What is joined is a 1; where padded, the weight is 0 and takes it off again.
  const withOne = math.concat([directions, math.expand(present, 2)], 2);
  const interestPoints = math.mul(math.expand(weights, 2), withOne);
  const connected = math.add(
    math.squeeze(math.multiply(interestPoints, math.weight("cover/w1")), 2),
    math.weight("cover/b1"),
  );
  const logits = math.graph.apply("LeakyRelu", [connected], { alpha: { float: RAMP_SLOPE } });
  return math.softmaxWhere(present, logits);
}
