import { expect, test } from "vitest";
import { judgePicks, renderPickVerdicts, type JudgedFilm } from "./judge-picks.js";
import { PICK_METHODS, type PickMethod } from "./pick-frames.js";
import type { FrameTruth } from "./spoiled-film.js";

function film(truths: Partial<Record<PickMethod, FrameTruth>>): JudgedFilm {
  const all = Object.fromEntries(Object.keys(PICK_METHODS).map((method) => [method, "sound"]));
  return { truths: { ...(all as JudgedFilm["truths"]), ...truths }, spoiledShare: 0.5 };
}

const films = [
  film({ random: "title", first: "black" }),
  film({ random: "blur" }),
  film({}),
  film({ random: "title" }),
];
const verdictOf = (method: PickMethod) => judgePicks(films, 1).find((verdict) => verdict.method === method);

test("spoiled picks are counted by film and by what is wrong", () => {
  expect(verdictOf("random")?.spoiled.mean).toBe(0.75);
  expect(verdictOf("random")?.kinds).toEqual({ title: 2, blur: 1 });
  expect(verdictOf("first")?.kinds).toEqual({ black: 1 });
  expect(verdictOf("facet")?.spoiled).toEqual({ mean: 0, low: 0, high: 0 });
});

test("the difference to facet is taken on the same films", () => {
  expect(verdictOf("random")?.facetFewer.mean).toBe(0.75);
  expect(verdictOf("middle")?.facetFewer).toEqual({ mean: 0, low: 0, high: 0 });
});

test("the table tells slates from other faults", () => {
  const row = renderPickVerdicts(judgePicks(films, 1), 0.5)
    .split("\n")
    .find((line) => line.includes("random"));
  expect(row).toMatch(/75 % .* 2 .*title 2, blur 1/);
});
