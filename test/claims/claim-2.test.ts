import { interestWeights, padBatch, type FirstUnitOutputs } from "@facet/interest-attention/training";
import { mul, zerosLike, type Tensor1D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import {
  largestDifference,
  loadShippedScorer,
  MadeUpInterests,
  numbers,
  scoreOne,
  type ShippedScorer,
} from "./shipped-scorer.fixture.js";

describe("claim 2: the first recurrent unit reads frames and description; their coincidence is the interest weight", () => {
  let shipped: ShippedScorer;
  let liked: Float32Array[];
  let frames: Float32Array[];
  beforeAll(async () => {
    shipped = await loadShippedScorer();
    const interests = new MadeUpInterests(shipped);
    liked = interests.picture(0, 5);
    frames = [0, 1, 2].flatMap((interest) => interests.picture(interest, 3, 50));
  });

  const weigh = (outputs: FirstUnitOutputs, kind: Tensor1D) => {
    const { present } = padBatch([frames], shipped.scorer.featureWidth);
    return numbers(interestWeights(shipped.layers.interest.coincidence, outputs, present, kind));
  };
  const unitsOf = () => shipped.model.description.architecture.units;

  test("the unit gives an output for the description and one for every frame", () => {
    const { outputs } = scoreOne(shipped, liked, frames);
    expect(outputs.states.shape).toEqual([1, 1 + frames.length, 2 * unitsOf()]);
    expect(outputs.carried.shape.slice(0, 2)).toEqual([1, 1 + frames.length]);
  });

  test("the weights are what the coincidence makes of the outputs, and nothing else", () => {
    const { outputs, weights, kind } = scoreOne(shipped, liked, frames);
    expect(largestDifference(weigh(outputs, kind), numbers(weights))).toBeLessThan(1e-5);
  });

  test("no path goes round it: without the unit's outputs every frame weighs the same", () => {
    const { outputs, kind } = scoreOne(shipped, liked, frames);
    const { states, carried } = outputs;
    const weights = weigh({ states: zerosLike(states), carried: zerosLike(carried) }, kind);
    expect(Math.max(...weights) - Math.min(...weights)).toBeLessThan(1e-6);
  });

  test("the recurrent states count: without them the weights differ", () => {
    const { outputs, weights, kind } = scoreOne(shipped, liked, frames);
    const without = weigh({ ...outputs, states: mul(outputs.states, 0) }, kind);
    expect(largestDifference(without, numbers(weights))).toBeGreaterThan(0.01);
  });

  test("it reads in both directions: the last frame is felt at the first one, and the first at the last", () => {
    const other = new MadeUpInterests(shipped).picture(7, 2, 900);
    const [newFirst = frames[0], newLast = frames[8]] = other;
    if (!newFirst || !newLast) throw new Error("A picture is missing.");
    const statesOf = (video: Float32Array[]) => scoreOne(shipped, liked, video).outputs.states.arraySync()[0] ?? [];
    const before = statesOf(frames);
    const lastChanged = statesOf([...frames.slice(0, 8), newLast]);
    const firstChanged = statesOf([newFirst, ...frames.slice(1)]);
    expect(largestDifference(before[1] ?? [], lastChanged[1] ?? [])).toBeGreaterThan(1e-5);
    expect(largestDifference(before[9] ?? [], firstChanged[9] ?? [])).toBeGreaterThan(1e-5);
  });
});
