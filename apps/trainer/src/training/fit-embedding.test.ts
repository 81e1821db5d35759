import { beforeAll, expect, test } from "vitest";
import { chooseBackend } from "../choose-backend.js";
import type { InterestFeatures } from "../methods/interest-features.js";
import { seededRandom } from "../random.js";
import { fitEmbedding, kindsWithMeans } from "./fit-embedding.js";

beforeAll(() => chooseBackend());

const WIDTH = 6;

/** Interests of a kind whose pictures all lie about a place of their own. */
function interestsOf(kind: string, count: number, place: number): InterestFeatures[] {
  return Array.from({ length: count }, (_, i) => {
    const random = seededRandom(kind, i);
    const own = Array.from({ length: WIDTH }, () => random.fraction() - 0.5);
    const features = Array.from({ length: 6 }, () =>
      Float32Array.from(own, (x) => place + x + 0.1 * random.fraction()),
    );
    return { features, weight: 1, kind };
  });
}

const roughly = (means: readonly Float32Array[]) => means.map((mean) => Math.round(mean[0] ?? NaN));

test("every kind of many interests keeps its mean", () => {
  expect(roughly(fitEmbedding([...interestsOf("a", 24, 2), ...interestsOf("b", 20, 7)]).means)).toEqual([2, 7]);
});

test("a kind of few interests keeps none: its mean would be of what they show", () => {
  expect(roughly(fitEmbedding([...interestsOf("a", 24, 2), ...interestsOf("b", 19, 7)]).means)).toEqual([2]);
});

test("who fits on a part can have the means of the kinds that the whole has", () => {
  const part = [...interestsOf("a", 24, 2), ...interestsOf("b", 15, 7)];
  expect(roughly(fitEmbedding(part, kindsWithMeans([...part, ...interestsOf("b", 5, 7)])).means)).toEqual([2, 7]);
});

test("where all kinds are small, all share one mean", () => {
  const { means } = fitEmbedding([...interestsOf("a", 5, 2), ...interestsOf("b", 5, 6)]);
  expect(roughly(means)).toEqual([4]);
});
