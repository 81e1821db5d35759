import { expect, test } from "vitest";
import { decideCover } from "./decide-cover.js";

const frame = (timestampMs: number, probability: number) => ({ timestampMs, probability });

test("the most probable frame is the cover", () => {
  expect(decideCover([frame(0, 0.2), frame(10, 0.5), frame(20, 0.3)])).toEqual(frame(10, 0.5));
});

test("equal probabilities go to the earlier frame, in whatever order they come", () => {
  expect(decideCover([frame(20, 0.4), frame(0, 0.2), frame(10, 0.4)])).toEqual(frame(10, 0.4));
  expect(decideCover([frame(10, 0.4), frame(0, 0.2), frame(20, 0.4)])).toEqual(frame(10, 0.4));
});

test("without a frame there is no decision", () => {
  expect(() => decideCover([])).toThrow(RangeError);
});
