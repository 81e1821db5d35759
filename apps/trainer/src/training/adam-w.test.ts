import { tensor1d, tensor2d, variable, zerosLike } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { chooseBackend } from "../choose-backend.js";
import { AdamW } from "./adam-w.js";

beforeAll(() => chooseBackend());

const OPTIONS = { weightDecay: 0, clip: 1e9 };
const read = (weight: { dataSync(): ArrayLike<number> }) => Array.from(weight.dataSync());

test("the first step is the learning rate long, against the gradient, whatever the gradient's size", async () => {
  const weight = variable(tensor1d([1, 1, 1]));
  const gradients = { [weight.name]: tensor1d([5, -0.01, 0]) };
  await new AdamW(OPTIONS).apply(new Map([["w", weight]]), gradients, () => 0.1);
  const [first = NaN, second = NaN, third = NaN] = read(weight);
  expect(first).toBeCloseTo(0.9, 4);
  expect(second).toBeCloseTo(1.1, 4);
  expect(third).toBe(1);
});

test("it finds the bottom of a bowl", async () => {
  const weight = variable(tensor1d([3, -2]));
  const optimizer = new AdamW(OPTIONS);
  for (let step = 0; step < 400; step++) {
    const [x = 0, y = 0] = read(weight);
    const gradients = { [weight.name]: tensor1d([2 * (x - 1), 20 * y]) };
    await optimizer.apply(new Map([["w", weight]]), gradients, () => 0.05);
  }
  const [x = NaN, y = NaN] = read(weight);
  expect(x).toBeCloseTo(1, 2);
  expect(y).toBeCloseTo(0, 2);
});

test("matrices decay, vectors and biases do not", async () => {
  const [matrix, vector, bias] = [tensor2d([[1]]), tensor1d([1]), tensor2d([[1]])].map((start) => variable(start));
  if (!matrix || !vector || !bias) throw new Error("A variable is missing.");
  const gradients = Object.fromEntries([matrix, vector, bias].map((w) => [w.name, zerosLike(w)]));
  const variables = new Map([
    ["matrix", matrix],
    ["vector", vector],
    ["layer/bias", bias],
  ]);
  await new AdamW({ weightDecay: 0.5, clip: 1 }).apply(variables, gradients, () => 0.1);
  expect([matrix, vector, bias].map((w) => read(w)[0])).toEqual([expect.closeTo(0.95, 5), 1, 1]);
});

test("a gradient longer than the clip is cut to it over all weights together", async () => {
  const seen = async (scale: number) => {
    const weight = variable(tensor1d([0, 0]));
    const optimizer = new AdamW({ weightDecay: 0, clip: 1 });
    for (const [a, b] of [
      [3 * scale, 4 * scale],
      [0.1, 0],
    ] as const) {
      await optimizer.apply(new Map([["w", weight]]), { [weight.name]: tensor1d([a, b]) }, () => 0.1);
    }
    return read(weight);
  };
  expect(await seen(1)).toEqual((await seen(1000)).map((x) => expect.closeTo(x, 5) as number));
});
