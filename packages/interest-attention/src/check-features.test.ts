import { afterAll, beforeAll, expect, test } from "vitest";
import { FeatureValueError } from "./errors.js";
import { makeFeatures } from "./features.fixture.js";
import type { InterestAttentionScorer } from "./scorer.js";
import { makeSmallScorer, SMALL } from "./small-model.fixture.js";
import { useWasm } from "./wasm-backend.fixture.js";

const WIDTH = SMALL.featureWidth;

let scorer: InterestAttentionScorer;
beforeAll(async () => {
  await useWasm();
  scorer = makeSmallScorer(SMALL, 1);
});
afterAll(() => scorer.dispose());

test.each([NaN, Infinity, -Infinity, 3e38, -3e38, 1.1e15])(
  "a feature with %s is refused, by its name",
  async (number) => {
    const feature = new Float32Array(WIDTH).with(WIDTH - 1, number);
    await expect(scorer.describeHistories([[feature]])).rejects.toThrow(FeatureValueError);
    const [description] = await scorer.describeHistories([makeFeatures(1, WIDTH, 1)]);
    if (!description) throw new Error("Something that must be there is not.");
    const scoring = scorer.scoreFrames([{ frames: [...makeFeatures(1, WIDTH, 2), feature], description }]);
    await expect(scoring).rejects.toThrow("frame 1 of request 0 holds a value that is no number from -1e+15 to 1e+15.");
  },
);

test("the largest that is taken still gives probabilities that are numbers", async () => {
  const far = [1, -1].map((sign) => new Float32Array(WIDTH).fill(sign * 0.999e15));
  const descriptions = await scorer.describeHistories([far, [...makeFeatures(2, WIDTH, 1), ...far]]);
  const frames = [...far, ...makeFeatures(2, WIDTH, 2)];
  for (const { probabilities } of await scorer.scoreFrames(
    descriptions.map((description) => ({ frames, description })),
  )) {
    expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
  }
});
