import { expect, test } from "vitest";
import { fitSize, IMAGE_RATIOS, type ImageRatioName } from "./image-size.js";

const ratios = Object.keys(IMAGE_RATIOS) as ImageRatioName[];

test("without a wish it is the size that it has, and a width alone keeps the ratio", () => {
  expect(fitSize({ width: 1920, height: 1080 }, {})).toEqual({ width: 1920, height: 1080 });
  expect(fitSize({ width: 1920, height: 1080 }, { width: 320 })).toEqual({ width: 320, height: 180 });
});

test.each([
  ["16:9", 1920, 1080],
  ["4:3", 1440, 1080],
  ["1:1", 1080, 1080],
  ["2:3", 720, 1080],
  ["9:16", 608, 1080],
] as const)("the largest part of a 1920 x 1080 picture with the ratio %s is %d x %d", (ratio, width, height) => {
  expect(fitSize({ width: 1920, height: 1080 }, { ratio })).toEqual({ width, height });
});

test.each(ratios)("cropped to %s and scaled, it has that ratio to half a pixel", (ratio) => {
  for (const width of [16, 100, 333, 500]) {
    const size = fitSize({ width: 1283, height: 977 }, { ratio, width });
    expect(size.width).toBe(width);
    expect(Math.abs(size.height - width / IMAGE_RATIOS[ratio])).toBeLessThanOrEqual(0.5);
  }
});

test.each([
  [1, 1],
  [3, 1000],
  [1000, 3],
  [640, 360],
])("a picture of %d x %d is never enlarged, nor cropped to nothing", (width, height) => {
  for (const ratio of [undefined, ...ratios]) {
    for (const wanted of [16, 3840]) {
      const size = fitSize({ width, height }, { width: wanted, ratio });
      expect(size.width).toBeLessThanOrEqual(width);
      expect(size.height).toBeLessThanOrEqual(height);
      expect(Math.min(size.width, size.height)).toBeGreaterThanOrEqual(1);
    }
  }
});
