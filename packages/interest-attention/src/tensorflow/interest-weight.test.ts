import { tensor1d, tensor2d, tensor3d, zeros, type Rank } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { useWasm } from "../wasm-backend.fixture.js";
import { interestWeights, type CoincidenceLayer } from "./interest-weight.js";

beforeAll(useWasm);

/** Coincidences are what a frame carries; the last place of each row is padding. */
const COINCIDENCES = [
  [3, 1, 2.9, 77],
  [0, -1, 1, 77],
];

function layer(always: number, perMargin: number, sharpness: readonly number[]): CoincidenceLayer {
  return {
    compares: { what: "both", scale: tensor1d([0]) },
    bias: tensor1d([0]),
    lead: { always: tensor1d([always]), perMargin: tensor1d([perMargin]) },
    sharpness: tensor1d([...sharpness]),
    carried: { bias: tensor1d([1]), from: 0 },
  };
}

function weigh(by: CoincidenceLayer, kinds: readonly number[]): number[][] {
  const carried = tensor3d(COINCIDENCES.map((row) => [[0], ...row.map((number) => [number])]));
  const present = tensor2d([
    [1, 1, 1, 0],
    [1, 1, 1, 0],
  ]);
  const outputs = { states: zeros<Rank.R3>([2, 5, 2]), carried };
  return interestWeights(by, outputs, present, tensor1d([...kinds], "int32")).arraySync();
}

describe("the lead and the sharpness of interest weights, worked out by hand", () => {
  test("without a lead, at a sharpness of 1, a weight is the coincidence, and 0 where padded", () => {
    expect(weigh(layer(0, 0, [1]), [0, 0])).toEqual([close([3, 1, 2.9, 0]), close([0, -1, 1, 0])]);
  });

  test("the best frame gets the whole lead, a near one a part, the others nothing", () => {
    const [first] = weigh(layer(2, 0, [1]), [0, 0]);
    expect(first).toEqual(close([5, 1, 2.9 + 2 * Math.exp(-0.1 * 16), 0]));
  });

  test("the lead grows with the best frame's distance from the mean of those that are there", () => {
    const [first, second] = weigh(layer(2, 0.5, [1]), [0, 0]);
    expect(first?.[0]).toBeCloseTo(3 + 2 + 0.5 * (3 - 6.9 / 3), 4);
    expect(second?.[2]).toBeCloseTo(1 + 2 + 0.5 * (1 - 0), 4);
  });

  test("each viewer's weights are multiplied by the sharpness of their kind of picture", () => {
    const plain = weigh(layer(2, 0.5, [1, 1]), [1, 0]);
    const sharpened = weigh(layer(2, 0.5, [3, 0.5]), [1, 0]);
    expect(sharpened).toEqual([close(plain[0]?.map((x) => 0.5 * x)), close(plain[1]?.map((x) => 3 * x))]);
  });
});

function close(numbers: readonly number[] = []): number[] {
  return numbers.map((number) => expect.closeTo(number, 4) as number);
}
