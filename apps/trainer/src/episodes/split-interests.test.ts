import { expect, test } from "vitest";
import { nameInterests } from "../photos/interests.fixture.js";
import type { Interest } from "../photos/photo.js";
import { splitCollections, type SplitOptions } from "./split-interests.js";

/** One folder's. */
function splitInterests(interests: readonly Interest[], options?: SplitOptions) {
  const { training, test: held } = splitCollections([{ name: "", interests }], options);
  return { training: training[0]?.interests ?? [], test: held[0]?.interests ?? [] };
}

const labels = (interests: readonly { readonly label: string }[]) => interests.map(({ label }) => label);

test("no interest is on both sides, and none is lost", () => {
  const interests = nameInterests(100, 2);
  const { training, test: held } = splitInterests(interests);
  expect(new Set([...labels(training), ...labels(held)]).size).toBe(100);
  expect(training.length + held.length).toBe(100);
  expect(held.length).toBeGreaterThan(10);
  expect(held.length).toBeLessThan(32);
});

test("an interest's side depends on its label, not on what else is in the folder", () => {
  const interests = nameInterests(100, 2);
  const held = new Set(labels(splitInterests(interests).test));
  const half = interests.filter((_, i) => i % 2 === 0);
  expect(labels(splitInterests(half).test)).toEqual(labels(half).filter((label) => held.has(label)));
});

test("of a small collection at least 8 are held out, if that is not more than 2 of 5", () => {
  expect(splitInterests(nameInterests(20, 2)).test.length).toBeGreaterThanOrEqual(8);
  expect(splitInterests(nameInterests(10, 2)).test).toHaveLength(4);
});

test("a label that is held out in one collection is held out in all", () => {
  const large = { name: "large", interests: nameInterests(20, 2, "large") };
  const small = { name: "small", interests: nameInterests(100, 2, "small") };
  const split = splitCollections([large, small]);
  const trained = new Set(split.training.flatMap(({ interests }) => labels(interests)));
  const held = split.test.flatMap(({ interests }) => labels(interests));
  expect(held.filter((label) => trained.has(label))).toEqual([]);
});

test("another seed holds out others", () => {
  const interests = nameInterests(100, 2);
  expect(splitInterests(interests, { seed: 2 }).test).not.toEqual(splitInterests(interests).test);
});
