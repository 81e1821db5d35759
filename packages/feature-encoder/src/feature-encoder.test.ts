import { memory } from "@tensorflow/tfjs-core";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EncoderDisposedError } from "./errors.js";
import { loadFeatureEncoder, type EncodedImage, type FeatureEncoder } from "./feature-encoder.js";
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

test("nothing handed in, nothing handed back", async () => {
  expect(await encoder.firstConvolutionUnit([])).toEqual([]);
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
