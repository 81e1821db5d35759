import { expect, test } from "vitest";
import type { Interest, PhotoCollection } from "../photos/photo.js";
import { warnOfTrained } from "./warn-of-trained.js";

const judged = (...labels: string[]): PhotoCollection[] => [
  { name: "mine", interests: labels.map((label): Interest => ({ id: `mine/${label}`, label, photos: [] })) },
];

test("says how many of the judged interests a scorer was trained on, by their names in whatever folder", () => {
  const warning = warnOfTrained("shipped", ["large/cats", "small/dogs", "cars"], judged("cats", "boats", "cars"));
  expect(warning).toMatch(/shipped model was trained on 2 of the 3 interests/);
});

test("says nothing where it was trained on none", () => {
  expect(warnOfTrained("shipped", ["large/cats"], judged("boats", "large"))).toBeUndefined();
});

test("what to do about it depends on whether held-out interests are judged already", () => {
  expect(warnOfTrained("model", ["a/cats"], judged("cats"))).toContain("--held-out judges what");
  expect(warnOfTrained("model", ["a/cats"], judged("cats"), true)).toContain("--held-out could not keep them apart");
});
