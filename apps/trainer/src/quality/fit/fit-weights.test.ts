import type { FrameQuality } from "@facet/domain";
import { qualityScore } from "@facet/frame-extraction";
import { expect, test } from "vitest";
import { seededRandom } from "../../random.js";
import { areaUnderCurve } from "./area-under-curve.js";
import { chooseL2 } from "./choose-l2.js";
import { fitWeights } from "./fit-weights.js";
import { MEASURE_SHAPES } from "./measure-shapes.js";
import { isSound, type QualityExample } from "./quality-example.js";

const MEASURES = Object.keys(MEASURE_SHAPES) as (keyof FrameQuality)[];

/** Pictures whose measures are all drawn alike, and which are sound with a probability that a rule gives. */
function plant(count: number, soundness: (quality: FrameQuality) => number, seed: number): QualityExample[] {
  const random = seededRandom("planted rule", seed);
  return Array.from({ length: count }, (_, at) => {
    const drawn = MEASURES.map((measure): [string, number] => {
      const { knots, scale } = MEASURE_SHAPES[measure];
      const [low, high] = [knots[0] ?? 0, knots.at(-1) ?? 1];
      const share = random.fraction();
      return [measure, scale === "ratio" ? low * (high / low) ** share : low + share * (high - low)];
    });
    const quality = Object.fromEntries(drawn) as unknown as FrameQuality;
    const sound = random.fraction() < soundness(quality);
    return { interest: String(at), source: String(at), kind: sound ? "photo" : "blur", quality };
  });
}

const sigmoid = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));
/** Only brightness and text count: 6 log-odds from dark to light, 5 from no text to most. */
const rule = ({ brightness, text }: FrameQuality): number =>
  sigmoid(12 * Math.min(brightness, 0.45) - 5 * (Math.log(text / 0.0003) / Math.log(0.1 / 0.0003)) - 1);

test("a planted rule is found again, and what does not count gets next to no weight", () => {
  const { measures } = fitWeights(plant(3000, rule, 1), 1e-3);
  const worth = (measure: keyof FrameQuality): number[] => measures[measure].points.map(([, logOdds]) => logOdds);
  expect(Math.min(...worth("text"))).toBeGreaterThan(-7);
  expect(Math.min(...worth("text"))).toBeLessThan(-3);
  expect(worth("brightness")[0]).toBeLessThan(-3);
  for (const measure of MEASURES) {
    if (measure !== "text" && measure !== "brightness")
      expect(Math.min(...worth(measure)), measure).toBeGreaterThan(-0.8);
  }
});

test("fitted weights rank pictures that they were not fitted on nearly as well as the rule itself", () => {
  const weights = fitWeights(plant(3000, rule, 1), 1e-3);
  const unseen = plant(1500, rule, 2);
  const auc = (score: (quality: FrameQuality) => number): number => {
    const of = (sound: boolean) => unseen.filter((one) => isSound(one) === sound).map(({ quality }) => score(quality));
    return areaUnderCurve(of(true), of(false));
  };
  const ceiling = auc(rule);
  expect(ceiling).toBeGreaterThan(0.8);
  expect(auc((quality) => qualityScore(quality, 0, weights))).toBeGreaterThan(ceiling - 0.02);
});

test("labels drawn at random teach nothing", () => {
  const weights = fitWeights(
    plant(2000, () => 0.5, 1),
    1e-3,
  );
  const scores = plant(500, () => 0.5, 3).map(({ quality }) => qualityScore(quality, 0, weights));
  expect(Math.max(...scores) - Math.min(...scores)).toBeLessThan(0.35);
});

test("no measure is worth more where its shape says less", () => {
  // The rule is turned round: writing is good, light is bad. No weight may say so.
  const { measures } = fitWeights(
    plant(1500, (quality) => 1 - rule(quality), 1),
    1e-3,
  );
  for (const measure of MEASURES) {
    const { best } = MEASURE_SHAPES[measure];
    const worth = measures[measure].points.map(([, logOdds]) => logOdds);
    expect(worth.slice(0, best + 1)).toEqual([...worth.slice(0, best + 1)].sort((one, other) => one - other));
    expect(worth.slice(best)).toEqual([...worth.slice(best)].sort((one, other) => other - one));
  }
});

test("the same examples give the same weights", () => {
  const examples = plant(300, rule, 1);
  expect(fitWeights(examples, 1e-3)).toEqual(fitWeights(examples, 1e-3));
});

test("the L2 is light where a rule holds for other interests too, and heavy where it does not", () => {
  expect(chooseL2(plant(1500, rule, 1), plant(800, rule, 2))).toBeLessThanOrEqual(1e-3);
  const byLot = (): number => 0.5;
  expect(chooseL2(plant(300, byLot, 1), plant(800, byLot, 2))).toBe(1e-2);
});
