import { slice, type Rank, type Tensor } from "@tensorflow/tfjs-core";
import { MissingWeightError } from "../errors.js";
import type { BidirectionalGru } from "./bidirectional-gru.js";
import type { CategoryLayer } from "./category.js";
import type { CoverLayer } from "./cover-probability.js";
import type { EmbeddingLayer } from "./embedding.js";
import type { DescriptionLayer } from "./history-interest-description.js";
import type { InterestLayer } from "./interest-weight.js";
import type { Steadying } from "./similarities.js";
import type { Weights } from "./weights.js";

/** A model's weights, each where the method uses it. */
export interface Layers {
  readonly embedding: EmbeddingLayer;
  readonly history: DescriptionLayer;
  readonly interest: InterestLayer;
  readonly cover: CoverLayer;
  readonly category: CategoryLayer;
}

/**
 * Gives every weight its place. Copies nothing but six numbers: call it inside `tidy`.
 *
 * @throws MissingWeightError where one that every scorer has, or that another one goes with, is not there
 */
export function layersOf(weights: Weights): Layers {
  // What rank a weight has is planned under the same name.
  const get = <R extends Rank>(name: string): Tensor<R> => {
    const found = weights.get(name) as Tensor<R> | undefined;
    if (!found) throw new MissingWeightError(name);
    return found;
  };
  const gru = (name: string): BidirectionalGru => ({
    inputKernel: get(`${name}/inputKernel`),
    recurrentKernel: get(`${name}/recurrentKernel`),
    bias: get(`${name}/bias`),
  });
  const has = (unit: string) => weights.has(`${unit}/inputKernel`);
  const steadying = (name: string): Steadying => ({
    logSharpness: slice(get<Rank.R1>(name), [0], [1]),
    logForgetting: slice(get<Rank.R1>(name), [1], [1]),
  });
  return {
    embedding: {
      means: get("embedding/means"),
      metric: get("embedding/metric"),
      ...(weights.has("embedding/down") && { residual: { down: get("embedding/down"), up: get("embedding/up") } }),
    },
    history: {
      projection: get("history/projection"),
      ...(has("history/secondGru") && { secondGru: gru("history/secondGru") }),
    },
    interest: {
      reader: {
        ...(weights.has("interest/salience") && { salience: get<Rank.R2>("interest/salience") }),
        toStep: get("interest/toStep"),
        toStepBias: get("interest/toStepBias"),
      },
      ...(weights.has("interest/logSharpness") && {
        relations: {
          logSharpness: get("interest/logSharpness"),
          steadyLikes: steadying("interest/steadyLikes"),
          steadyFrames: steadying("interest/steadyFrames"),
        },
      }),
      projection: get("interest/projection"),
      ...(weights.has("interest/appearance") && { appearance: get<Rank.R2>("interest/appearance") }),
      ...(has("interest/firstGru") && { firstGru: gru("interest/firstGru") }),
      coincidence: {
        compares: weights.has("interest/coincidenceScale")
          ? { what: "both", scale: get("interest/coincidenceScale") }
          : { what: "frames alone", reading: get("interest/frameReading") },
        bias: get("interest/coincidenceBias"),
        lead: {
          always: slice(get<Rank.R1>("interest/lead"), [0], [1]),
          perMargin: slice(get<Rank.R1>("interest/lead"), [1], [1]),
        },
        sharpness: get("interest/sharpness"),
        ...(weights.has("interest/carriedBias") && {
          carried: {
            ...(weights.has("interest/carriedMatrix") && { matrix: get<Rank.R2>("interest/carriedMatrix") }),
            bias: get<Rank.R1>("interest/carriedBias"),
            from: get<Rank.R2>("interest/projection").shape[1],
          },
        }),
      },
    },
    cover: { w1: get("cover/w1"), b1: get("cover/b1") },
    category: { w2: get("category/w2"), b2: get("category/b2") },
  };
}
