import { grads, mul, pad, slice, squeeze, sum, tensor2d, tensor3d, type Tensor3D } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-layers"; // registers the gradients
import { beforeAll, expect, test } from "vitest";
import { lastStates, readBothWays, type BidirectionalGru } from "./bidirectional-gru.js";
import { makeFeatures } from "../features.fixture.js";
import { useWasm } from "../wasm-backend.fixture.js";

beforeAll(useWasm);

const WIDTH = 7;
const UNITS = 4;

const random3d = (shape: [number, number, number], seed: number): Tensor3D => {
  const [numbers = new Float32Array()] = makeFeatures(1, shape[0] * shape[1] * shape[2], seed);
  return tensor3d(numbers, shape);
};
const gru = (): BidirectionalGru => ({
  inputKernel: random3d([2, WIDTH, 3 * UNITS], 1),
  recurrentKernel: random3d([2, UNITS, 3 * UNITS], 2),
  bias: random3d([2, 1, 3 * UNITS], 3),
});
const present = (...counts: number[]) => {
  const longest = Math.max(...counts);
  return tensor2d(counts.map((count) => Array.from({ length: longest }, (_, i) => (i < count ? 1 : 0))));
};

test("gives the states that the unit's equations give, one number at a time", () => {
  const steps = random3d([3, 6, WIDTH], 4);
  const ours = readBothWays(gru(), steps, present(6, 6, 6)).arraySync();
  for (const [n, rows] of steps.arraySync().entries()) {
    const forward = readOneWay(0, rows);
    const backward = readOneWay(1, rows.toReversed()).toReversed();
    const expected = forward.map((state, t) => [...state, ...(backward[t] ?? [])]);
    for (const [t, state] of expected.entries()) {
      for (const [u, value] of state.entries()) expect(ours[n]?.[t]?.[u]).toBeCloseTo(value, 4);
    }
  }
});

test("padding changes no state of a step that is there, and gets zeros", () => {
  const short = random3d([1, 4, WIDTH], 5);
  const numbers = new Float32Array(2 * 9 * WIDTH).fill(3);
  numbers.set(short.dataSync(), 0);
  const padded = readBothWays(gru(), tensor3d(numbers, [2, 9, WIDTH]), present(4, 9));
  const alone = readBothWays(gru(), short, present(4));
  expect(largestDifference(slice(padded, [0, 0, 0], [1, 4, -1]), alone)).toBeLessThan(1e-6);
  expect(Math.max(...slice(padded, [0, 4, 0], [1, -1, -1]).dataSync().map(Math.abs))).toBe(0);
});

test("ends where the forward way saw the last step and the backward way the first", () => {
  const steps = random3d([2, 5, WIDTH], 6);
  const states = readBothWays(gru(), steps, present(3, 5)).arraySync();
  const last = lastStates(readBothWays(gru(), steps, present(3, 5)), present(3, 5)).arraySync();
  expect(last[0]).toEqual([...(states[0]?.[2]?.slice(0, UNITS) ?? []), ...(states[0]?.[0]?.slice(UNITS) ?? [])]);
  expect(last[1]).toEqual([...(states[1]?.[4]?.slice(0, UNITS) ?? []), ...(states[1]?.[0]?.slice(UNITS) ?? [])]);
});

test("the gradient of one step alone is that of the same step with padding after it", () => {
  const { inputKernel, recurrentKernel, bias } = gru();
  const inputs = [inputKernel, recurrentKernel, bias, random3d([2, 1, WIDTH], 7)];
  const gradientOf = (padding: number): number[] => {
    const squares = grads((...tensors) => {
      const [kernel, recurrent, added, step] = tensors as [Tensor3D, Tensor3D, Tensor3D, Tensor3D];
      const there = padSteps(tensor3d([1, 1], [2, 1, 1]), padding);
      const read = { inputKernel: kernel, recurrentKernel: recurrent, bias: added };
      const states = readBothWays(read, padSteps(step, padding), squeeze(there, [2]));
      return sum(mul(states, states));
    });
    return squares(inputs).flatMap((gradient) => [...gradient.dataSync()]);
  };
  const [alone, padded] = [gradientOf(0), gradientOf(1)];
  expect(alone).toHaveLength(padded.length);
  for (const [i, slope] of alone.entries()) expect(slope).toBeCloseTo(padded[i] ?? NaN, 5);
  expect(Math.max(...alone.map(Math.abs))).toBeGreaterThan(0.1);
});

function padSteps(steps: Tensor3D, count: number): Tensor3D {
  return pad(steps, [
    [0, 0],
    [0, count],
    [0, 0],
  ]);
}

/** Cho et al. 2014, equations 5 to 8, with the update gate as the share of the old state that stays. */
function readOneWay(way: number, rows: number[][]): number[][] {
  const [input, recurrent, bias] = [gru().inputKernel, gru().recurrentKernel, gru().bias].map(
    (tensor) => tensor.arraySync()[way] ?? [],
  ) as [number[][], number[][], number[][]];
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  const column = (numbers: number[], matrix: number[][], c: number) =>
    numbers.reduce((sum, x, i) => sum + x * (matrix[i]?.[c] ?? NaN), 0);
  let state = Array<number>(UNITS).fill(0);
  return rows.map((row) => {
    const fromInput = (gate: number, u: number) => {
      const c = gate * UNITS + u;
      return column(row, input, c) + (bias[0]?.[c] ?? NaN);
    };
    const old = state;
    const update = old.map((_, u) => sigmoid(fromInput(0, u) + column(old, recurrent, u)));
    const reset = old.map((_, u) => sigmoid(fromInput(1, u) + column(old, recurrent, UNITS + u)));
    const kept = old.map((x, u) => x * (reset[u] ?? NaN));
    state = old.map((x, u) => {
      const candidate = Math.tanh(fromInput(2, u) + column(kept, recurrent, 2 * UNITS + u));
      return (update[u] ?? NaN) * x + (1 - (update[u] ?? NaN)) * candidate;
    });
    return state;
  });
}

function largestDifference(a: Tensor3D, b: Tensor3D): number {
  expect(a.shape).toEqual(b.shape);
  const expected = b.dataSync();
  return Math.max(...a.dataSync().map((value, i) => Math.abs(value - (expected[i] ?? NaN))));
}
