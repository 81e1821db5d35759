import { RAMP_SLOPE, type Weights } from "@facet/interest-attention/training";
import { tensor1d, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { chooseBackend } from "../choose-backend.js";
import { seededRandom } from "../random.js";
import { calibrate, calibrationOf, FEWEST_TO_CALIBRATE, type JudgedVideo } from "./calibrate.js";

beforeAll(() => chooseBackend());

/** A video's coincidences, and what came of it. */
interface Film {
  readonly coincidences: readonly number[];
  readonly right: readonly boolean[];
  readonly kind: number;
}

const B1 = 0.2;

function uncalibrated(kinds: number): Weights {
  return new Map<string, Tensor>([
    ["interest/lead", tensor1d([0, 0])],
    ["interest/sharpness", tensor1d(Array<number>(kinds).fill(1))],
    ["cover/b1", tensor1d([B1])],
  ]);
}

/** As the scorer does it, for features that all weigh alike; a frame that is not the best has no part in the lead. */
function scoreBy(weights: Weights, { coincidences, right, kind }: Film): JudgedVideo {
  const [always = NaN, perMargin = NaN] = numbersOf(weights.get("interest/lead"));
  const sharpness = numbersOf(weights.get("interest/sharpness"))[kind] ?? NaN;
  const best = Math.max(...coincidences);
  const lead = always + perMargin * (best - mean(coincidences));
  const interestWeights = Float32Array.from(coincidences, (a) => sharpness * (a === best ? a + lead : a));
  const logits = interestWeights.map((a) => (a + B1 >= 0 ? a + B1 : RAMP_SLOPE * (a + B1)));
  return { logits, interestWeights, right, kind };
}

/** Two frames; the odds that the first is right are `factor` less than its coincidence says. */
function films(kind: number, factor: number, count = 1500): Film[] {
  const random = seededRandom(5, kind);
  return Array.from({ length: count }, () => {
    const odds = 4 * random.fraction();
    const first = random.fraction() < 1 / (1 + Math.exp(-odds));
    return { coincidences: [1 + factor * odds, 1], right: [first, !first], kind };
  });
}

/** How far the chosen frame's mean probability is from how often it is right. */
function errorOf(weights: Weights, judged: readonly Film[]): number {
  const gaps = judged.map((film) => {
    const { logits } = scoreBy(weights, film);
    const top = Math.max(...logits);
    const probability = 1 / logits.reduce((sum, z) => sum + Math.exp(z - top), 0);
    return probability - (film.right[logits.indexOf(top)] === true ? 1 : 0);
  });
  return Math.abs(mean(gaps));
}

const judgeAll = (all: readonly Film[]) => (weights: Weights) =>
  Promise.resolve(all.map((film) => scoreBy(weights, film)));

test("kinds of picture that are judged too sure and too careful each get a sharpness of their own", async () => {
  const [sure, careful] = [films(0, 3), films(1, 0.4)];
  const given = uncalibrated(2);
  const { weights, calibration } = await calibrate(given, judgeAll([...sure, ...careful]));
  expect(errorOf(given, sure)).toBeGreaterThan(0.05);
  expect(errorOf(given, careful)).toBeGreaterThan(0.05);
  expect(errorOf(weights, sure)).toBeLessThan(0.03);
  expect(errorOf(weights, careful)).toBeLessThan(0.03);
  const [first = NaN, second = NaN] = calibration.sharpness;
  expect(first).toBeLessThan(second);
  expect((await calibrationOf(weights)).sharpness).toEqual([first, second].map((s) => expect.closeTo(s, 5) as number));
  expect(numbersOf(given.get("interest/sharpness"))).toEqual([1, 1]);
  expect(weights.get("cover/b1")).toBe(given.get("cover/b1"));
});

test("two right frames of one scene do not share their probability: the best gets it", async () => {
  const random = seededRandom(9);
  const scenes = Array.from({ length: 2000 }, (): Film => {
    const right = random.fraction() < 0.9;
    return { coincidences: [2, 1.8, 0], right: [right, right, !right], kind: 0 };
  });
  const given = uncalibrated(1);
  const { weights } = await calibrate(given, judgeAll(scenes));
  expect(errorOf(given, scenes)).toBeGreaterThan(0.3);
  expect(errorOf(weights, scenes)).toBeLessThan(0.03);
});

test("the lead grows with the margin where a larger one is right more often than its logit says", async () => {
  const random = seededRandom(4);
  const scenes = Array.from({ length: 2000 }, (): Film => {
    const margin = 3 * random.fraction();
    const first = random.fraction() < 1 / (1 + Math.exp(0.5 - 2.5 * margin));
    return { coincidences: [1 + margin, 1, 1, 1], right: [first, !first, !first, !first], kind: 0 };
  });
  const { calibration, weights } = await calibrate(uncalibrated(1), judgeAll(scenes));
  expect(calibration.lead.perMargin * (calibration.sharpness[0] ?? NaN)).toBeGreaterThan(0.3);
  expect(errorOf(weights, scenes)).toBeLessThan(0.03);
});

test("a kind with too few videos gets the sharpness of all", async () => {
  const all = [...films(0, 3), ...films(1, 0.4, FEWEST_TO_CALIBRATE - 1)];
  const { calibration } = await calibrate(uncalibrated(2), judgeAll(all));
  const [first = NaN, second = NaN] = calibration.sharpness;
  expect(Math.abs(Math.log(second / first))).toBeLessThan(0.1);
});

test("weights stay as they were where too few videos were judged", async () => {
  const weights = uncalibrated(1);
  const { calibration, weights: same } = await calibrate(weights, judgeAll(films(0, 3, FEWEST_TO_CALIBRATE - 1)));
  expect(calibration).toEqual({ lead: { always: 0, perMargin: 0 }, sharpness: [1] });
  expect(same).toBe(weights);
});

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function numbersOf(tensor: Tensor | undefined): number[] {
  return Array.from(tensor?.dataSync() ?? []);
}
