import sharp, { type Sharp } from "sharp";
import { describe, expect, test } from "vitest";
import { readPicture } from "../picture/read-picture.js";
import { findFault } from "./find-fault.js";
import { measureQuality } from "./measure-quality.js";
import { qualityScore } from "./quality-score.js";

const SIZE = 224;

function paint(colour: (x: number, y: number) => readonly [number, number, number]): Uint8Array {
  const rgb = new Uint8Array(SIZE * SIZE * 3);
  for (let y = 0; y < SIZE; y++) for (let x = 0; x < SIZE; x++) rgb.set(colour(x, y), (y * SIZE + x) * 3);
  return rgb;
}
const plain = (level: number): Uint8Array => paint(() => [level, level, level]);
const checks = paint((x, y) => (((x >> 2) + (y >> 2)) % 2 === 0 ? [255, 255, 255] : [0, 0, 0]));

describe("the measures", () => {
  test("of a plain grey picture are its brightness and nothing else", () => {
    const quality = measureQuality(plain(51), SIZE, SIZE);
    expect(quality.brightness).toBeCloseTo(0.2, 5);
    expect(quality.contrast).toBeCloseTo(0, 3);
    expect(quality.sharpness).toBeCloseTo(0, 6);
    expect(quality.uniformity).toBe(1);
    expect(quality.colourfulness).toBe(0);
  });

  test("of black and white checks are those of two halves", () => {
    const quality = measureQuality(checks, SIZE, SIZE);
    expect(quality.brightness).toBeCloseTo(0.5, 5);
    expect(quality.contrast).toBeCloseTo(0.5, 5);
    expect(quality.uniformity).toBeCloseTo(0.5, 5);
    expect(quality.sharpness).toBeGreaterThan(1);
  });

  test("of pure red are Rec. 601's and Hasler and Suesstrunk's", () => {
    const quality = measureQuality(
      paint(() => [255, 0, 0]),
      SIZE,
      SIZE,
    );
    expect(quality.brightness).toBeCloseTo(0.299, 4);
    expect(quality.colourfulness).toBeCloseTo(0.3 * Math.hypot(1, 0.5), 4);
  });

  test("are refused for bytes that do not make the picture", () => {
    expect(() => measureQuality(plain(0), SIZE, SIZE + 1)).toThrow(RangeError);
  });
});

describe("a fault is found", () => {
  test.each([
    ["blank", plain(0)],
    ["blank", plain(255)],
    ["blank", plain(128)],
    ["dark", paint((x, y) => (((x >> 3) + (y >> 3)) % 4 === 0 ? [40, 40, 40] : [2, 2, 2]))],
    ["blurred", paint((x) => [x, x, 128])],
    ["card", paint((x, y) => (y > 80 && y < 150 && x % 9 < 4 ? [255, 255, 255] : [30, 30, 60]))],
    [undefined, paint((x, y) => [x, (x * 7 + y * 13) % 256, y])],
  ])("%s", (fault, rgb) => {
    expect(findFault(measureQuality(rgb, SIZE, SIZE))).toBe(fault);
  });
});

/** A scene with sky, ground, and things in it; other ones for each seed. */
function scene(seed: number): Sharp {
  const shapes = Array.from({ length: 90 }, (_, at) => {
    const spread = (factor: number, range: number): number => ((at + 1) * (seed + 2) * factor) % range;
    const colour = `hsl(${spread(47, 360)} ${30 + spread(13, 60)}% ${25 + spread(29, 55)}%)`;
    return `<circle cx="${spread(97, 640)}" cy="${spread(61, 360)}" r="${4 + spread(7, 28)}" fill="${colour}"/>`;
  });
  const ground = `<rect width="640" height="180" fill="#7fb0e0"/><rect y="180" width="640" height="180" fill="#5d8a3c"/>`;
  return sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360">${ground}${shapes.join("")}</svg>`),
  );
}

describe("a good picture scores above itself", () => {
  const score = async (picture: Sharp): Promise<number> =>
    qualityScore((await readPicture(await picture.png().toBuffer())).quality);

  test.each([1, 2, 3, 4, 5])("blurred, darkened, blown out, and without colour (scene %i)", async (seed) => {
    const clean = await score(scene(seed));
    expect(clean).toBeGreaterThan(0.4);
    expect(clean).toBeLessThanOrEqual(1);
    expect(await score(scene(seed).blur(8))).toBeLessThan(clean * 0.8);
    expect(await score(scene(seed).linear(0.2, 0))).toBeLessThan(clean * 0.5);
    expect(await score(scene(seed).linear(1.5, 110))).toBeLessThan(clean * 0.8);
    expect(await score(scene(seed).greyscale())).toBeLessThan(clean);
  });

  test("and a blank one scores 0", () => {
    expect(qualityScore(measureQuality(plain(0), SIZE, SIZE))).toBe(0);
    expect(qualityScore(measureQuality(plain(128), SIZE, SIZE))).toBe(0);
  });
});
