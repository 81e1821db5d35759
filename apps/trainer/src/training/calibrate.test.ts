import { coverProbabilities, type CoverLayer, type Weights } from "@facet/interest-attention/training";
import {
  div,
  ones,
  tensor1d,
  tensor2d,
  tensor3d,
  type Rank,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { chooseBackend } from "../choose-backend.js";
import { seededRandom } from "../random.js";
import { applyTemperature, calibrate, calibrateTemperature, type JudgedLogits } from "./calibrate.js";

beforeAll(() => chooseBackend());

/** Videos of two frames whose true log odds are known, judged by logits that are `factor` times too large. */
function videos(factor: number): JudgedLogits[] {
  const random = seededRandom(5);
  return Array.from({ length: 4000 }, () => {
    const odds = 4 * random.fraction() - 2;
    const first = random.fraction() < 1 / (1 + Math.exp(-odds));
    return { logits: Float32Array.of(factor * odds, 0), right: [first, !first] };
  });
}

test.each([0.5, 1, 3])("logits %f times too large are divided by that", async (factor) => {
  const temperature = await calibrateTemperature(videos(factor));
  expect(temperature / factor).toBeGreaterThan(0.9);
  expect(temperature / factor).toBeLessThan(1.1);
});

test("the temperature goes into the first fully connected layer, and every logit is divided by it", () => {
  const w1 = tensor2d([[0.4], [1.2]]);
  const b1 = tensor1d([-0.3]);
  const other = tensor1d([1]);
  const weights = new Map<string, Tensor>([
    ["cover/w1", w1],
    ["cover/b1", b1],
    ["other", other],
  ]);
  const cooled = applyTemperature(weights, 2.5);
  const divided = { w1: div<Tensor2D>(w1, 2.5), b1: div<Tensor1D>(b1, 2.5) };
  expect(numbersOf(cooled.get("cover/w1"))).toEqual(numbersOf(divided.w1));
  expect(numbersOf(cooled.get("cover/b1"))).toEqual(numbersOf(divided.b1));
  expect(cooled.get("other")).toBe(other);

  const logitsOf = (layer: CoverLayer) =>
    numbersOf(
      coverProbabilities(layer, tensor2d([[2, -1, 0.5]]), tensor3d([[[1], [1], [-1]]]), ones<Rank.R2>([1, 3])).logits,
    );
  const before = logitsOf({ w1, b1 });
  expect(before.some((z) => z < 0) && before.some((z) => z > 0)).toBe(true);
  expect(logitsOf(divided).map((z) => z * 2.5)).toEqual(before.map((z) => expect.closeTo(z, 5) as number));
});

describe("lead and temperature together", () => {
  /** Two frames of one scene, both right in 9 of 10 videos, beside one that is wrong: alone, neither looks probable. */
  const judge = (weights: Weights): Promise<JudgedLogits[]> => {
    const [lead = NaN] = numbersOf(weights.get("interest/lead"));
    const random = seededRandom(9);
    return Promise.resolve(
      Array.from({ length: 2000 }, () => {
        const right = random.fraction() < 0.9;
        return { logits: Float32Array.of(2 + lead, 1.8, 0), right: [right, right, !right] };
      }),
    );
  };
  let weights: Weights;
  beforeAll(() => {
    weights = new Map([
      ["interest/lead", tensor1d([0])],
      ["cover/b1", tensor1d([1])],
    ]);
  });

  test("make the chosen frame as probable as it is right, where a frame beside it would have half of that", async () => {
    const { calibration, weights: calibrated } = await calibrate(weights, judge);
    const [{ logits } = fail()] = await judge(calibrated);
    const powers = Array.from(logits, (logit) => Math.exp(logit / calibration.temperature));
    expect((powers[0] ?? NaN) / powers.reduce((sum, power) => sum + power, 0)).toBeCloseTo(0.9, 1);
    expect(calibration.lead).toBeGreaterThan(0.5);
    expect(numbersOf(calibrated.get("cover/b1"))[0]).toBeCloseTo(1 / calibration.temperature, 5);
    expect(numbersOf(weights.get("interest/lead"))).toEqual([0]);
  });

  test("stay as they were where no video was judged", async () => {
    const { calibration, weights: same } = await calibrate(weights, () => Promise.resolve([]));
    expect(calibration).toEqual({ temperature: 1, lead: 0 });
    expect(same).toBe(weights);
  });
});

function fail(): never {
  throw new Error("nothing was judged");
}

function numbersOf(tensor: Tensor | undefined): number[] {
  return Array.from(tensor?.dataSync() ?? []);
}
