import { beforeAll, expect, test } from "vitest";
import { lacks } from "./architecture.js";
import { makeFeatures } from "./features.fixture.js";
import { makeSmallScorer, SMALL, SMALL_WITHOUT } from "./small-model.fixture.js";
import { planWeights } from "./weight-plan.js";
import { useWasm } from "./wasm-backend.fixture.js";

beforeAll(useWasm);

const namesOf = (architecture: typeof SMALL) => planWeights(architecture).map(({ name }) => name);

test.each([
  ["firstGru", "interest/firstGru/recurrentKernel"],
  ["secondGru", "history/secondGru/recurrentKernel"],
  ["coincidence", "interest/carriedMatrix"],
] as const)("without %s there is no weight %s", (part, weight) => {
  const [, architecture] = SMALL_WITHOUT.find(([name]) => name === part) ?? [part, SMALL];
  expect(lacks(architecture, part)).toBe(true);
  expect(namesOf(SMALL)).toContain(weight);
  expect(namesOf(architecture)).not.toContain(weight);
});

test("without coincidence a video of one frame weighs the same whoever looks; with it, it does not", async () => {
  const weightsFor = async (architecture: typeof SMALL) => {
    const scorer = makeSmallScorer({ ...architecture, relations: "none" }, 3);
    const histories = [1, 2].map((seed) => makeFeatures(4, SMALL.featureWidth, seed));
    const descriptions = await scorer.describeHistories(histories);
    const frames = makeFeatures(1, SMALL.featureWidth, 9);
    const scores = await scorer.scoreFrames(descriptions.map((description) => ({ frames, description })));
    scorer.dispose();
    return scores.map(({ interestWeights }) => interestWeights[0] ?? NaN);
  };
  const [oneTaste = NaN, otherTaste = NaN] = await weightsFor(SMALL);
  expect(Math.abs(oneTaste - otherTaste)).toBeGreaterThan(1e-3);
  const [one = NaN, other = NaN] = await weightsFor({
    ...SMALL,
    pictureKinds: 1,
    without: ["coincidence", "firstGru"],
  });
  expect(one).toBeCloseTo(other, 5);
});
