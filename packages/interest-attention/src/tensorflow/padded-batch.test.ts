import { dispose } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { FeatureWidthError } from "../errors.js";
import { useWasm } from "../wasm-backend.fixture.js";
import { padBatch } from "./padded-batch.js";

beforeAll(useWasm);

test("shorter sequences are filled up with zeros, which are not present", async () => {
  const { values, present } = padBatch([[Float32Array.of(1, 2)], [Float32Array.of(3, 4), Float32Array.of(5, 6)]], 2);
  expect(await values.array()).toEqual([
    [
      [1, 2],
      [0, 0],
    ],
    [
      [3, 4],
      [5, 6],
    ],
  ]);
  expect(await present.array()).toEqual([
    [1, 0],
    [1, 1],
  ]);
  dispose([values, present]);
});

test.each([1, 3])("a row of %i numbers among rows of 2 is named", (length) => {
  const padding = () => padBatch([[Float32Array.of(1, 2)], [Float32Array.of(3, 4), new Float32Array(length)]], 2);
  expect(padding).toThrow(FeatureWidthError);
  expect(padding).toThrow(`row 1 of sequence 1 has ${length} numbers: the model takes 2`);
});
