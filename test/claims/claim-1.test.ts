import { beforeAll, describe, expect, test } from "vitest";
import {
  indexOfLargest,
  largestDifference,
  loadShippedScorer,
  MadeUpInterests,
  type ShippedScorer,
} from "./shipped-scorer.fixture.js";

describe("claim 1: a history set and a candidate set decide the cover", () => {
  let shipped: ShippedScorer;
  let interests: MadeUpInterests;
  beforeAll(async () => {
    shipped = await loadShippedScorer();
    interests = new MadeUpInterests(shipped);
  });

  const video = () => [0, 1, 2, 3].flatMap((interest) => interests.picture(interest, 3, 50));
  const coverFor = async (likedImages: Float32Array[], frames = video()) => {
    const descriptions = await shipped.scorer.describeHistories([likedImages]);
    const [scores] = await shipped.scorer.scoreFrames(descriptions.map((description) => ({ frames, description })));
    return { frame: indexOfLargest(scores?.probabilities ?? []), scores };
  };

  test.each([0, 1, 2, 3])("a viewer who likes interest %i gets a frame that shows it", async (interest) => {
    const { frame } = await coverFor(interests.picture(interest, 6));
    expect(Math.floor(frame / 3)).toBe(interest);
  });

  test("the cover moves with the candidates: without the frames of one taste, one of the other is chosen", async () => {
    const likes = [0, 1, 2, 3].flatMap((n) => [...interests.picture(0, 1, n), ...interests.picture(1, 1, n)]);
    const chosenOf = async (shown: number[]) => {
      const frames = shown.flatMap((interest) => interests.picture(interest, 3, 50));
      return shown[Math.floor((await coverFor(likes, frames)).frame / 3)];
    };
    const first = await chosenOf([2, 0, 3, 1]);
    const second = await chosenOf([2, 0, 3, 1].filter((interest) => interest !== first));
    expect(new Set([first, second])).toEqual(new Set([0, 1]));
  });

  test("every candidate gets a weight, and another history gives other weights", async () => {
    const one = await coverFor(interests.picture(0, 6));
    const other = await coverFor(interests.picture(1, 6));
    expect(one.scores?.interestWeights).toHaveLength(12);
    expect(largestDifference(one.scores?.interestWeights ?? [], other.scores?.interestWeights ?? [])).toBeGreaterThan(
      0.1,
    );
  });

  test("the description is made from the history alone, once, for any video", async () => {
    const [description] = await shipped.scorer.describeHistories([interests.picture(2, 5)]);
    if (!description) throw new Error("There is no description.");
    const scores = await shipped.scorer.scoreFrames([
      { frames: video(), description },
      { frames: video().slice(2, 9), description },
    ]);
    expect(scores.map(({ probabilities }) => probabilities.length)).toEqual([12, 7]);
    expect(indexOfLargest(scores[1]?.probabilities ?? [])).toBeGreaterThanOrEqual(4);
  });
});
