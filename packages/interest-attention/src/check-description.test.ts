import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DescriptionError } from "./errors.js";
import { makeFeatures } from "./features.fixture.js";
import type { HistoryInterestDescription } from "./history-interest-description.js";
import type { InterestAttentionScorer } from "./scorer.js";
import { makeSmallScorer, SMALL, SMALL_LITERAL } from "./small-model.fixture.js";
import { useWasm } from "./wasm-backend.fixture.js";

const frames = () => makeFeatures(2, SMALL.featureWidth, 2);

describe.each([
  ["a sequence", SMALL],
  ["a last state", SMALL_LITERAL],
])("a stored description that is %s is refused", (_, architecture) => {
  let scorer: InterestAttentionScorer;
  let whole: HistoryInterestDescription;
  beforeAll(async () => {
    await useWasm();
    scorer = makeSmallScorer(architecture, 1);
    const [made] = await scorer.describeHistories([makeFeatures(3, SMALL.featureWidth, 1)]);
    if (!made) throw new Error("Something that must be there is not.");
    whole = made;
  });
  afterAll(() => scorer.dispose());

  const withNumber = (numbers: Float32Array, number: number) => numbers.with(1, number);

  test.each<[string, string, (description: HistoryInterestDescription) => object]>([
    ["states", "numbers: it takes", ({ states }) => ({ states: states.slice(1) })],
    ["states", "has 0 numbers: it takes", () => ({ states: new Float32Array() })],
    ["states", "holds a value that is no number", ({ states }) => ({ states: withNumber(states, NaN) })],
    ["kindMean", "has 23 numbers: it takes 24", ({ kindMean }) => ({ kindMean: kindMean.slice(1) })],
    ["kindMean", "no number from -1e+15 to 1e+15", ({ kindMean }) => ({ kindMean: withNumber(kindMean, 3e38) })],
    ["kindMean", "is no Float32Array", ({ kindMean }) => ({ kindMean: [...kindMean] })],
    ["states", "is no Float32Array", (description) => JSON.parse(JSON.stringify(description)) as object],
    ["likedImages", "it takes at least 1", () => ({ likedImages: 0 })],
    ["likedImages", "it takes at least 1", () => ({ likedImages: undefined })],
  ])("where its %s %s", async (part, problem, change) => {
    const broken = { ...whole, ...change(whole) };
    const scoring = scorer.scoreFrames([whole, broken].map((description) => ({ frames: frames(), description })));
    await expect(scoring).rejects.toThrow(DescriptionError);
    await expect(scoring).rejects.toMatchObject({ code: "DESCRIPTION", request: 1, part });
    await expect(scoring).rejects.toThrow(problem);
  });
});

describe("of a sequence", () => {
  test("the directions and the number of liked images belong together", async () => {
    await useWasm();
    const scorer = makeSmallScorer(SMALL, 1);
    const [whole] = await scorer.describeHistories([makeFeatures(3, SMALL.featureWidth, 1)]);
    if (!whole) throw new Error("Something that must be there is not.");
    const score = (change: object) => scorer.scoreFrames([{ frames: frames(), description: { ...whole, ...change } }]);
    await expect(score({ directions: new Float32Array() })).rejects.toThrow('"directions" has 0 numbers: it takes 36');
    await expect(score({ directions: whole.directions.with(0, Infinity) })).rejects.toThrow(DescriptionError);
    await expect(score({ likedImages: 4 })).rejects.toThrow('"states" has 72 numbers: it takes 96');
    scorer.dispose();
  });
});
