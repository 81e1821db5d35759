import { expect, test } from "vitest";
import { packArrays, packTogether } from "./pack-arrays.js";

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

test("arrays of both kinds and any length share one piece of memory, and arrive as they were", () => {
  const large = Uint8Array.from({ length: 1000 }, (_, place) => place % 256);
  const shared = Float32Array.of(0.5);
  const value = [
    { frames: [Float32Array.of(1, 2), shared], name: "a" },
    large.subarray(5, 8),
    [shared, new Uint8Array()],
  ];
  const { packed, buffer } = packTogether(value);
  expect(packed).toEqual(value);
  expect(buffer.byteLength).toBe(8 + 4 + 4 + 4);
  expect(structuredClone(packed, { transfer: [buffer] })).toEqual(value);
  expect(buffer.byteLength).toBe(0);
  expect(large).toHaveLength(1000);
});
