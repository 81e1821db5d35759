import { loadFeatureEncoder } from "@facet/feature-encoder";
import { beforeAll, describe, expect, test } from "vitest";
import {
  indexOfLargest,
  largestDifference,
  loadShippedScorer,
  MadeUpInterests,
  type ShippedScorer,
} from "./shipped-scorer.fixture.js";

describe("claim 5: liked images go through a first convolution unit and, in time order, a second recurrent unit", () => {
  let shipped: ShippedScorer;
  let interests: MadeUpInterests;
  beforeAll(async () => {
    shipped = await loadShippedScorer();
    interests = new MadeUpInterests(shipped);
  });

  const describeOne = async (likedImages: Float32Array[]) => {
    const [description] = await shipped.scorer.describeHistories([likedImages]);
    if (!description) throw new Error("There is no description.");
    return description;
  };

  test("the first convolution unit gives the features that the shipped scorer takes", async () => {
    const encoder = await loadFeatureEncoder();
    const [liked] = await encoder.firstConvolutionUnit([new Uint8Array(encoder.imageBytes).fill(90)]);
    expect(encoder.version).toBe(shipped.scorer.encoderVersion);
    expect(liked?.feature).toHaveLength(shipped.scorer.featureWidth);
    const description = await describeOne([liked?.feature ?? new Float32Array()]);
    expect(description.likedImages).toBe(1);
    encoder.dispose();
  });

  test("the description holds the unit's state at every liked image", async () => {
    const { embeddingWidth } = shipped.model.description.architecture;
    const five = await describeOne(interests.picture(0, 5));
    const one = await describeOne(interests.picture(0, 1));
    expect(five.states.length).toBe(5 * one.states.length);
    expect(five.directions).toHaveLength(5 * embeddingWidth);
  });

  test("the unit reads both ways: another last image changes the state at the first, and the other way round", async () => {
    const history = interests.picture(0, 4);
    const [other = new Float32Array()] = interests.picture(3, 1);
    const { units } = shipped.model.description.architecture;
    const width = (await describeOne(history)).states.length / 4;
    const stateOf = async (likedImages: Float32Array[], place: number) =>
      (await describeOne(likedImages)).states.slice(place * width, place * width + 2 * units);
    const newLast = [...history.slice(0, 3), other];
    const newFirst = [other, ...history.slice(1)];
    expect(largestDifference(await stateOf(history, 0), await stateOf(newLast, 0))).toBeGreaterThan(1e-5);
    expect(largestDifference(await stateOf(history, 3), await stateOf(newFirst, 3))).toBeGreaterThan(1e-5);
  });

  test("time order decides: of two interests the one liked lately gives the cover", async () => {
    const video = [4, 0, 5, 1, 6].flatMap((interest) => interests.picture(interest, 3, 50));
    const shows = [4, 0, 5, 1, 6].flatMap((interest) => [interest, interest, interest]);
    const coverOf = async (likedImages: Float32Array[]) => {
      const [scores] = await shipped.scorer.scoreFrames([
        { frames: video, description: await describeOne(likedImages) },
      ]);
      return shows[indexOfLargest(scores?.probabilities ?? [])];
    };
    expect(await coverOf([...interests.picture(0, 6), ...interests.picture(1, 6)])).toBe(1);
    expect(await coverOf([...interests.picture(1, 6), ...interests.picture(0, 6)])).toBe(0);
  });
});
