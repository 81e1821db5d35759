import { memory } from "@tensorflow/tfjs-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EncoderDisposedError, ImageTypeError } from "./errors.js";
import { loadFeatureEncoder, type EncodedImage, type FeatureEncoder } from "./feature-encoder.js";
import { mobileNetV2Mid } from "./mobilenet-v2-mid.js";
import { useWasm } from "./wasm-backend.fixture.js";

const TAP_13 = [0, 224] as const;
const TAP_16 = [224, 672] as const;

let encoder: FeatureEncoder;

beforeAll(async () => {
  await useWasm();
  encoder = await loadFeatureEncoder({ batchSize: 2 });
});

afterAll(() => {
  encoder.dispose();
});

/** A drawn picture: shapes of one kind on a plain ground. */
async function drawPicture(shape: "circle" | "stripes", hue: number): Promise<Uint8Array> {
  const colour = `hsl(${hue}, 80%, 50%)`;
  const marks =
    shape === "circle"
      ? `<circle cx="112" cy="112" r="70" fill="${colour}"/>`
      : Array.from({ length: 8 }, (_, i) => `<rect x="${i * 28}" width="14" height="224" fill="${colour}"/>`).join("");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="224" height="224"><rect width="224" height="224" fill="#eee"/>${marks}</svg>`;
  return new Uint8Array(await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer());
}

const length = (image: EncodedImage | undefined, [from, to]: readonly [number, number]) =>
  Math.hypot(...(image?.feature.slice(from, to) ?? []));

function cosine(a: EncodedImage | undefined, b: EncodedImage | undefined): number {
  return (a?.feature ?? new Float32Array()).reduce((sum, number, i) => sum + number * (b?.feature[i] ?? 0), 0) / 2;
}

test("a feature is two taps of length 1 side by side, 672 numbers", async () => {
  const [encoded] = await encoder.firstConvolutionUnit([await drawPicture("circle", 0)]);
  expect(encoder.width).toBe(672);
  expect(encoded?.feature).toHaveLength(672);
  expect(length(encoded, TAP_13)).toBeCloseTo(1, 5);
  expect(length(encoded, TAP_16)).toBeCloseTo(1, 5);
});

test("pictures of one kind are nearer to each other than to another kind", async () => {
  const pictures = [await drawPicture("circle", 0), await drawPicture("circle", 40), await drawPicture("stripes", 0)];
  const [red, orange, stripes] = await encoder.firstConvolutionUnit(pictures);
  expect(cosine(red, orange)).toBeGreaterThan(cosine(red, stripes) + 0.1);
});

test("both units read a picture alike, since their weights are one frozen backbone", async () => {
  const picture = await drawPicture("stripes", 200);
  const [liked] = await encoder.firstConvolutionUnit([picture]);
  const [frame] = await encoder.secondConvolutionUnit([picture]);
  expect(frame).toEqual(liked);
});

test("a picture's feature does not depend on the batch that it is in", async () => {
  const pictures = await Promise.all([0, 60, 120, 180, 240].map((hue) => drawPicture("circle", hue)));
  const together = await encoder.secondConvolutionUnit(pictures);
  const [alone] = await encoder.secondConvolutionUnit(pictures.slice(4));
  expect(together).toHaveLength(5);
  expect(cosine(together[4], alone)).toBeCloseTo(1, 5);
  expect(cosine(together[0], alone)).toBeLessThan(0.99);
});

test("the unsafe score of a plain drawing is a small probability", async () => {
  const [encoded] = await encoder.secondConvolutionUnit([await drawPicture("stripes", 90)]);
  expect(encoded?.unsafeScore).toBeGreaterThan(0);
  expect(encoded?.unsafeScore).toBeLessThan(0.5);
});

describe("with mirrored views", () => {
  const flopped = async (picture: Uint8Array) =>
    new Uint8Array(
      await sharp(picture, { raw: { width: 224, height: 224, channels: 3 } })
        .flop()
        .raw()
        .toBuffer(),
    );
  const drawLopsided = async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="224" height="224"><rect width="224" height="224" fill="#ddd"/><path d="M20 200 L60 20 L110 200 Z" fill="#933"/><circle cx="80" cy="60" r="30" fill="#36a"/></svg>`;
    return new Uint8Array(await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer());
  };

  test("a picture and its mirror image have one feature", async () => {
    const picture = await drawLopsided();
    const [asIs, mirrored] = await encoder.firstConvolutionUnit([picture, await flopped(picture)]);
    expect(cosine(asIs, mirrored)).toBeCloseTo(1, 5);
  });

  test("the feature is the mean of what either view alone gives", async () => {
    const single = await loadFeatureEncoder({ backbone: { ...mobileNetV2Mid, views: "single" } });
    const picture = await drawLopsided();
    const [mean] = await encoder.firstConvolutionUnit([picture]);
    const [one, other] = await single.firstConvolutionUnit([picture, await flopped(picture)]);
    expect(cosine(one, other)).toBeLessThan(0.995);
    const summed = (one?.feature ?? new Float32Array()).map((x, i) => x + (other?.feature[i] ?? 0));
    for (const [from, to] of [TAP_13, TAP_16]) {
      const tap = summed.slice(from, to);
      const expected = [...tap.map((x) => x / Math.hypot(...tap))];
      const actual = [...(mean?.feature.slice(from, to) ?? [])];
      expect(Math.max(...actual.map((x, i) => Math.abs(x - (expected[i] ?? 0))))).toBeLessThan(1e-5);
    }
    expect(mean?.unsafeScore).toBeCloseTo(one?.unsafeScore ?? 0, 5);
    expect(single.version).not.toBe(encoder.version);
    single.dispose();
  });
});

test("nothing handed in, nothing handed back", async () => {
  expect(await encoder.firstConvolutionUnit([])).toEqual([]);
});

test("a picture that is no bytes is named, though it is as long as one", async () => {
  const floats = new Float32Array(encoder.imageBytes / 4) as unknown as Uint8Array;
  const encoding = encoder.firstConvolutionUnit([await drawPicture("circle", 0), floats]);
  await expect(encoding).rejects.toThrow(new ImageTypeError(1));
});

test("encoding leaves no tensor behind, and disposing gives the weights back", async () => {
  const before = memory().numTensors;
  const another = await loadFeatureEncoder();
  const loaded = memory().numTensors;
  const picture = await drawPicture("circle", 300);
  await another.secondConvolutionUnit([picture, picture, picture]);
  expect(memory().numTensors).toBe(loaded);
  another.dispose();
  another.dispose();
  expect(memory().numTensors).toBe(before);
  await expect(another.secondConvolutionUnit([picture])).rejects.toThrow(EncoderDisposedError);
});

test("the version names the backbone and is the same at every load", async () => {
  const another = await loadFeatureEncoder();
  expect(another.version).toBe(encoder.version);
  expect(another.version).toMatch(/^mobilenet-v2-mid-[0-9a-f]{12}$/);
  another.dispose();
});
