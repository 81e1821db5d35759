import { parseImageHash } from "@facet/domain";
import { expect, test } from "vitest";
import { chooseByInterest, chooseByQuality, type Candidate } from "./rank-candidates.js";

const imageHash = parseImageHash("0f".repeat(32));
const frame = (id: string, timestampMs: number, qualityScore: number): Candidate => ({
  ...{ id, timestampMs, qualityScore, imageHash },
});
const frames = [frame("late", 900, 0.9), frame("early", 100, 0.2), frame("middle", 500, 0.5)];
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const scores = (...probabilities: number[]) => ({
  probabilities: Float32Array.from(probabilities),
  interestWeights: Float32Array.from(probabilities, (p) => p * 2),
});

test("by quality the best picture wins, no weight is given, and the candidates come by time", () => {
  const choice = chooseByQuality(frames);
  expect(choice.frameId).toBe("late");
  expect(choice.candidates.map((candidate) => candidate.frameId)).toEqual(["early", "middle", "late"]);
  expect(choice.candidates.map((candidate) => candidate.interestWeight)).toEqual([0, 0, 0]);
  expect(sum(choice.candidates.map((candidate) => candidate.probability))).toBeCloseTo(1, 12);
  expect(choice.probability).toBe(choice.candidates[2]?.probability);
});

test("by interest every frame keeps the scores that it was given", () => {
  const choice = chooseByInterest(frames, scores(0.25, 0.625, 0.125));
  expect(choice).toEqual({
    frameId: "early",
    probability: 0.625,
    candidates: [
      { frameId: "early", interestWeight: 1.25, probability: 0.625 },
      { frameId: "middle", interestWeight: 0.25, probability: 0.125 },
      { frameId: "late", interestWeight: 0.5, probability: 0.25 },
    ],
  });
});

test.each([[[NaN, 0.5, 0.5]], [[0.5, 0.5]]])("scores %j are a failure, not a cover", (probabilities) => {
  expect(() => chooseByInterest(frames, scores(...probabilities))).toThrow("no number");
});
