import { expect, test } from "vitest";
import { colourHistogram } from "./colour-histogram.js";

test("each channel's pixels are counted in bins of eight values, as shares", () => {
  // Two pixels: red 0 and 255, green 7 and 8, blue both 200.
  const histogram = colourHistogram(Uint8Array.of(0, 7, 200, 255, 8, 200));
  const filled = new Map([...histogram.entries()].filter(([, share]) => share > 0));
  expect(filled).toEqual(
    new Map([
      [0, 0.5],
      [31, 0.5],
      [32, 0.5],
      [33, 0.5],
      [64 + 25, 1],
    ]),
  );
});
