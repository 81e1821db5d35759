import { describe, expect, test } from "vitest";
import { diversifyPage, MOST_LOST, type CoverOption } from "./diversify-page.js";

interface Picture extends CoverOption {
  readonly name: string;
}

/** Pictures of one subject look alike, those of different subjects not at all. */
const SUBJECTS = ["sea", "wood", "city", "snow"];
const picture = (subject: string, probability: number): Picture => ({
  name: subject,
  probability,
  direction: Float32Array.from(SUBJECTS, (other) => (other === subject ? 1 : 0)),
});
const between = (share: number, probability: number): Picture => ({
  name: `${share} sea`,
  probability,
  direction: Float32Array.of(share, Math.sqrt(1 - share * share), 0, 0),
});
const names = (picks: readonly Picture[]) => picks.map(({ name }) => name);

const lookAlike: [Picture, ...Picture[]] = [picture("sea", 0.4), picture("wood", 0.35), picture("city", 0.25)];

test("without diversity every cover keeps its first option, the same object", () => {
  const covers = [lookAlike, lookAlike, lookAlike];
  expect(diversifyPage(covers, 0)).toEqual([lookAlike[0], lookAlike[0], lookAlike[0]]);
});

test("covers that look alike make room for each other, the earlier one first", () => {
  expect(names(diversifyPage([lookAlike, lookAlike, lookAlike], 1))).toEqual(["sea", "wood", "city"]);
});

test("a cover that looks like nothing before it does not move", () => {
  const others: [Picture, ...Picture[]] = [picture("snow", 0.4), picture("wood", 0.4)];
  expect(names(diversifyPage([lookAlike, others], 1))).toEqual(["sea", "snow"]);
});

test("where all options look like what is shown the most probable stays", () => {
  const seas: [Picture, ...Picture[]] = [picture("sea", 0.4), picture("sea", 0.39), picture("sea", 0.21)];
  expect(diversifyPage([lookAlike, seas], 0.5)[1]).toBe(seas[0]);
});

test("the others keep clear of a cover that cannot move, also where it comes last", () => {
  expect(names(diversifyPage([lookAlike, [picture("sea", 1)]], 1))).toEqual(["wood", "sea"]);
});

describe("what a swap may cost is bounded", () => {
  const cover = (ratio: number): [Picture, ...Picture[]] => [picture("sea", 0.4), picture("wood", 0.4 * ratio)];

  test.each([
    [1, 0.51, "wood"],
    [1, 0.49, "sea"],
    [0.5, 0.76, "wood"],
    [0.5, 0.74, "sea"],
    [0.1, 0.96, "wood"],
    [0.1, 0.94, "sea"],
  ])("with diversity %d a frame of %d times the probability: %s is shown", (diversity, ratio, shown) => {
    expect(names(diversifyPage([lookAlike, cover(ratio)], diversity))[1]).toBe(shown);
  });

  test("for every pick of random pages", () => {
    const random = seededRandom(7);
    for (const diversity of [0.05, 0.3, 0.7, 1]) {
      const covers = Array.from({ length: 60 }, (): [Picture, ...Picture[]] => {
        const drawn = Array.from({ length: 12 }, () => picture(SUBJECTS[Math.floor(random() * 4)] ?? "", random()));
        const [first = picture("sea", 1), ...rest] = drawn.toSorted((a, b) => b.probability - a.probability);
        return [first, ...rest];
      });
      for (const [place, picked] of diversifyPage(covers, diversity).entries()) {
        const first = covers[place]?.[0].probability ?? NaN;
        expect(picked.probability).toBeGreaterThanOrEqual(first * (1 - diversity * MOST_LOST));
      }
    }
  });
});

test("pictures that merely share something do not push each other aside", () => {
  const others: [Picture, ...Picture[]] = [between(0.8, 0.4), picture("snow", 0.4)];
  expect(diversifyPage([lookAlike, others], 1)[1]).toBe(others[0]);
  const alike: [Picture, ...Picture[]] = [between(0.95, 0.4), picture("snow", 0.39)];
  expect(diversifyPage([lookAlike, alike], 1)[1]).toBe(alike[1]);
});

/** Mulberry32. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
