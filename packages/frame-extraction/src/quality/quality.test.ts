import type { FrameQuality } from "@facet/domain";
import sharp, { type Sharp } from "sharp";
import { describe, expect, test } from "vitest";
import { readPicture } from "../picture/read-picture.js";
import { findFault } from "./find-fault.js";
import { measureQuality } from "./measure-quality.js";
import { drawText } from "./lettering.fixture.js";
import { drawScene, drawSvg } from "./scene.fixture.js";
import type { MeasureWeights, QualityWeights } from "./measure-weights.js";
import { QualityValueError, RgbSizeError } from "./quality-errors.js";
import { qualityScore } from "./quality-score.js";
import { QUALITY_WEIGHTS } from "./quality-weights.js";

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

  test("of checks say that all of the picture is clipped and none of it flat", () => {
    const quality = measureQuality(checks, SIZE, SIZE);
    expect(quality.clipping).toBe(1);
    expect(quality.detail).toBe(1);
    expect(quality.smear).toBeCloseTo(0, 1);
  });

  test("of stripes say that all detail lies one way", () => {
    const stripes = paint((x) => ((x >> 2) % 2 === 0 ? [200, 200, 200] : [50, 50, 50]));
    expect(measureQuality(stripes, SIZE, SIZE).smear).toBeCloseTo(1, 5);
  });

  test.each([4, 8, 16])("find the deviation of grain (%i of 255)", (sigma) => {
    const grain = makeGrain(sigma);
    const { noise } = measureQuality(
      paint(() => {
        const level = Math.round(128 + grain());
        return [level, level, level];
      }),
      SIZE,
      SIZE,
    );
    expect(noise).toBeGreaterThan((0.7 * sigma) / 255);
    expect(noise).toBeLessThan((1.1 * sigma) / 255);
  });

  test("of a single picture say that it is steady", () => {
    expect(measureQuality(checks, SIZE, SIZE).steadiness).toBe(1);
  });

  test.each([
    [plain(0), SIZE, SIZE + 1],
    [new Uint8Array(54), 4.5, 4],
    [new Uint8Array(18), 2, 3],
    [new Uint8Array(0), NaN, 3],
    [new Uint8Array(27), -3, -3],
  ])("are refused for bytes that do not make the picture (%#)", (rgb, width, height) => {
    const measuring = () => measureQuality(rgb, width, height);
    expect(measuring).toThrow(RgbSizeError);
    expect(measuring).toThrow(`${rgb.length} bytes are no picture of ${width} x ${height} px`);
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

async function measure(picture: Sharp): Promise<FrameQuality> {
  return (await readPicture(await picture.png().toBuffer())).quality;
}
const score = async (picture: Sharp): Promise<number> => qualityScore(await measure(picture));

/** A title in large letters, with small ones under it. */
const title = (colour: string): string =>
  drawText("THE LAMA FILM", 320, 130, 7, colour) + drawText("A FILM THAT I MEET AT HALL FIELD", 320, 230, 2.4, colour);

describe("writing is found", () => {
  test.each([
    ["a title on a plain ground", drawSvg(`<rect width="640" height="360" fill="#123"/>${title("#fff")}`)],
    ["dark letters on a light ground", drawSvg(`<rect width="640" height="360" fill="#eee"/>${title("#111")}`)],
    ["a title over a scene", drawScene(2, title("#fff"))],
    [
      "small writing alone",
      drawSvg(
        `<rect width="640" height="360" fill="#123"/>${drawText("A FILM THAT I MEET AT HALL FIELD", 320, 170, 2.4, "#fff")}`,
      ),
    ],
  ])("in %s", async (_name, picture) => {
    expect((await measure(picture)).text).toBeGreaterThan(0.005);
  });

  test.each([1, 2, 3])("in no scene without any (%i)", async (seed) => {
    expect((await measure(drawScene(seed))).text).toBeLessThan(0.005);
  });
});

describe("a good picture scores above itself", () => {
  test.each([1, 2, 3])("blurred, darkened, blown out, hazy, grainy, and under a title (scene %i)", async (seed) => {
    const clean = await score(drawScene(seed));
    expect(clean).toBeGreaterThan(0.5);
    expect(await score(drawScene(seed).blur(8))).toBeLessThan(clean);
    expect(await score(drawScene(seed).linear(0.2, 0))).toBeLessThan(clean);
    expect(await score(drawScene(seed).linear(2, 110))).toBeLessThan(clean);
    expect(await score(drawScene(seed).linear(0.25, 100))).toBeLessThan(clean);
    expect(await score(await addGrain(drawScene(seed)))).toBeLessThan(clean);
    expect(await score(drawScene(seed, title("#fff")))).toBeLessThan(clean);
  });

  test("within a fade", async () => {
    const quality = await measure(drawScene(1));
    expect(qualityScore({ ...quality, steadiness: 0 })).toBeLessThan(qualityScore(quality));
  });

  test("where an encoder finds it unsafe, the more so the surer it is", async () => {
    const quality = await measure(drawScene(1));
    const scores = [0, 0.1, 0.4, 0.7, 1].map((unsafe) => qualityScore(quality, unsafe));
    expect(scores).toEqual([...scores].sort((one, other) => other - one));
    expect(scores[1]).toBeGreaterThan((scores[0] ?? 1) * 0.95);
    expect(scores[4]).toBeLessThan((scores[0] ?? 0) * 0.6);
  });
});

test("title cards score below scenes", async () => {
  const cards = await Promise.all(
    ["#000", "#123a7a", "#f4f0e4"].map((ground) =>
      score(
        drawSvg(`<rect width="640" height="360" fill="${ground}"/>${title(ground === "#f4f0e4" ? "#111" : "#fff")}`),
      ),
    ),
  );
  const scenes = await Promise.all([1, 2, 3, 4, 5].map((seed) => score(drawScene(seed))));
  expect(Math.max(...cards)).toBeLessThan(Math.min(...scenes));
});

describe("the score", () => {
  const quality = measureQuality(checks, SIZE, SIZE);
  const weights = (points: QualityWeights["measures"]["contrast"]): QualityWeights => {
    const none: MeasureWeights = { scale: "linear", points: [[0, 0]] };
    const measures = Object.fromEntries(Object.keys(quality).map((measure) => [measure, none]));
    return { faultless: 1, measures: { ...(measures as QualityWeights["measures"]), contrast: points } };
  };
  const logOdds = (contrast: number, points: QualityWeights["measures"]["contrast"]): number => {
    const probability = qualityScore({ ...quality, contrast }, 0, weights(points));
    return Math.log(probability / (1 - probability));
  };

  test("is the logistic function of what the measures are worth, on straight lines between points", () => {
    const points = [[0.1, -2], [0.2, 0], [0.4, -1]] as const; // prettier-ignore
    for (const [contrast, expected] of [
      [0.05, -1],
      [0.1, -1],
      [0.15, 0],
      [0.2, 1],
      [0.3, 0.5],
      [0.4, 0],
      [0.9, 0],
    ] as const) {
      expect(logOdds(contrast, { scale: "linear", points })).toBeCloseTo(expected, 10);
    }
  });

  test("goes by ratios where the weights say so", () => {
    const points = [[0.01, -2], [1, 0]] as const; // prettier-ignore
    expect(logOdds(0.1, { scale: "ratio", points })).toBeCloseTo(0, 10);
    expect(logOdds(0, { scale: "ratio", points })).toBeCloseTo(-1, 10);
  });

  test("with the shipped weights takes away and never adds, over rising values of every measure", () => {
    expect(Object.keys(QUALITY_WEIGHTS.measures).sort()).toEqual(Object.keys(quality).sort());
    for (const { points } of Object.values(QUALITY_WEIGHTS.measures)) {
      expect(Math.max(...points.map(([, worth]) => worth))).toBe(0);
      const values = points.map(([value]) => value);
      expect(values).toEqual([...new Set(values)].sort((one, other) => one - other));
    }
  });

  test.each([
    ["black", plain(0)],
    ["white", plain(255)],
    ["grey", plain(128)],
    ["checks", checks],
  ])("of %s is a number from 0 to 1", (_name, rgb) => {
    const measures = measureQuality(rgb, SIZE, SIZE);
    for (const value of Object.values(measures)) expect(Number.isFinite(value)).toBe(true);
    expect(qualityScore(measures)).toBeGreaterThanOrEqual(0);
    expect(qualityScore(measures)).toBeLessThanOrEqual(1);
  });

  test.each([
    ["sharpness", NaN, "sharpness is a number from 0, not NaN"],
    ["sharpness", Infinity, "sharpness is a number from 0, not Infinity"],
    ["noise", -0.1, "noise is a number from 0, not -0.1"],
    ["brightness", 128, "brightness is a number from 0 to 1, not 128"],
    ["text", undefined, "text is a number from 0 to 1, not undefined"],
  ])("is refused for a %s of %s", (measure, value, message) => {
    const scoring = () => qualityScore({ ...quality, [measure]: value });
    expect(scoring).toThrow(QualityValueError);
    expect(scoring).toThrow(message);
  });

  test.each([NaN, -0.1, 1.1])("is refused for an unsafe score of %d", (unsafeScore) => {
    const scoring = () => qualityScore(quality, unsafeScore);
    expect(scoring).toThrow(QualityValueError);
    expect(scoring).toThrow(`unsafeScore is a number from 0 to 1, not ${unsafeScore}`);
  });

  test("of a picture of one pixel is a number, and low", async () => {
    const dot = await measure(sharp({ create: { width: 1, height: 1, channels: 3, background: "#345" } }));
    expect(qualityScore(dot)).toBeLessThan(0.2);
  });

  test("of nothing but one shade is next to nothing", () => {
    for (const level of [0, 128, 255]) expect(qualityScore(measureQuality(plain(level), SIZE, SIZE))).toBeLessThan(0.1);
  });
});

/** Values of a normal distribution, nearly: the sum of twelve even ones (mulberry32). */
function makeGrain(sigma: number): () => number {
  let state = 1;
  const even = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), state | 1);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => sigma * (Array.from({ length: 12 }, even).reduce((sum, one) => sum + one, 0) - 6);
}

async function addGrain(picture: Sharp): Promise<Sharp> {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const grain = makeGrain(45);
  const raw = { width: info.width, height: info.height, channels: 3 } as const;
  return sharp(
    Uint8ClampedArray.from(data, (value) => value + grain()),
    { raw },
  );
}
