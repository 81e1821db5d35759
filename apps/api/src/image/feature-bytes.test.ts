import { expect, test } from "vitest";
import { asStored, packFeature, unpackFeature } from "./feature-bytes.js";

const FEATURE = Float32Array.from({ length: 672 }, (_, n) => Math.sin(n) / (1 + n));

test("a feature takes two bytes a number and a head, and comes back to half a step of its range", () => {
  const bytes = packFeature(FEATURE);
  expect(bytes.length).toBe(9 + 2 * 672);
  const range = Math.max(...FEATURE) - Math.min(...FEATURE);
  const read = unpackFeature(bytes);
  expect(read).toHaveLength(672);
  read.forEach((number, n) => expect(Math.abs(number - (FEATURE[n] ?? NaN))).toBeLessThan((0.51 * range) / 65_535));
});

test("the ends of its range come back exactly, and so does a feature of one number over and over", () => {
  expect(asStored(Float32Array.of(-0.25, 0.5))).toEqual(Float32Array.of(-0.25, 0.5));
  expect(asStored(new Float32Array(4).fill(0.1))).toEqual(new Float32Array(4).fill(0.1));
  expect(asStored(new Float32Array(0))).toEqual(new Float32Array(0));
});

test("a feature that was stored as Float32 is still read, at whatever place of a larger buffer", () => {
  const bytes = new Uint8Array(1 + FEATURE.byteLength);
  const view = new DataView(bytes.buffer);
  FEATURE.forEach((number, n) => view.setFloat32(1 + 4 * n, number, true));
  expect(unpackFeature(bytes.subarray(1))).toEqual(FEATURE);
});

test("stored bytes are read at whatever place of a larger buffer", () => {
  const bytes = packFeature(FEATURE);
  const larger = new Uint8Array(bytes.length + 3);
  larger.set(bytes, 3);
  expect(unpackFeature(larger.subarray(3))).toEqual(asStored(FEATURE));
});

test.each([[[2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]], [[1, 0, 0]], [[1, 0]]])("bytes of no form are refused: %j", (bytes) => {
  expect(() => unpackFeature(Uint8Array.from(bytes))).toThrow(RangeError);
});

test("a feature that is no number is refused", () => {
  expect(() => packFeature(Float32Array.of(0, NaN))).toThrow(RangeError);
});
