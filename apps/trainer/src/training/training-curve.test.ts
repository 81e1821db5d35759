import { expect, test } from "vitest";
import { drawTrainingCurve } from "./training-curve.js";

test("draws a point for every validation, loss and hits in one picture that stands alone", () => {
  const points = [
    { step: 100, loss: 2, hitAt1: 0.25 },
    { step: 200, loss: 1, hitAt1: 0.5 },
    { step: 300, loss: 0.5, hitAt1: 0.75 },
  ];
  const svg = drawTrainingCurve(points);
  const lines = [...svg.matchAll(/points="([^"]+)"/g)].map((match) => (match[1] ?? "").split(" "));
  expect(lines.map((line) => line.length)).toEqual([3, 3]);
  const heights = lines.map((line) => line.map((point) => Number(point.split(",")[1])));
  const [loss = [], hits = []] = heights;
  expect(loss).toEqual([...loss].sort((a, b) => a - b)); // down on the page
  expect(hits).toEqual([...hits].sort((a, b) => b - a));
  expect(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg"')).toBe(true);
  expect(svg).not.toContain("NaN");
});

test("draws an empty frame where training took no step", () => {
  expect(drawTrainingCurve([])).not.toMatch(/NaN|Infinity/);
});
