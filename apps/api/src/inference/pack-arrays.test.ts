import { expect, test } from "vitest";
import { packArrays } from "./pack-arrays.js";

test("a view takes only what it shows, and what it is a view of stays where it is", () => {
  const large = Uint8Array.from({ length: 1000 }, (_, place) => place % 256);
  const value = [{ frames: [Float32Array.of(1, 2)], name: "a", size: 3 }, large.subarray(5, 8), null];
  const buffers: ArrayBuffer[] = [];
  const packed = packArrays(value, buffers);
  expect(packed).toEqual(value);
  expect(buffers.map(({ byteLength }) => byteLength)).toEqual([8, 3]);
  structuredClone(packed, { transfer: buffers });
  expect(large).toHaveLength(1000);
});

test("the same array twice is two, so that both can be handed over", () => {
  const one = Float32Array.of(1);
  const buffers: ArrayBuffer[] = [];
  const packed = packArrays([one, one], buffers);
  expect(structuredClone(packed, { transfer: buffers })).toEqual([one, one]);
});
