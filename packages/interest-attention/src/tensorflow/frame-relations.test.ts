import { log, tensor1d, tensor2d, tensor3d } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { useWasm } from "../wasm-backend.fixture.js";
import { relateFrames, type RelationLayer } from "./frame-relations.js";

beforeAll(useWasm);

/** Of each frame its similarity to the likes in three ways, and its gaps to the best frame's. */
function relate(frames: readonly number[][], likes: readonly number[][], padding: number): number[][] {
  const steadying = () => ({ logSharpness: tensor1d([1]), logForgetting: tensor1d([0]) });
  const layer: RelationLayer = {
    ...{ logSharpness: tensor2d([[1]]), steadyLikes: steadying(), steadyFrames: steadying() },
  };
  const pad = (rows: readonly number[][]) => [...rows, ...Array.from({ length: padding }, () => [0, 0])];
  const presentOf = (rows: readonly number[][]) => tensor2d([pad(rows).map((_, place) => Number(place < rows.length))]);
  const directions = tensor3d([pad(frames)]);
  const embedded = { centred: directions, directions, logLength: tensor2d([pad(frames).map(() => 0)]) };
  const shares = tensor3d([[[...likes.map(() => 1 / likes.length), ...Array<number>(padding).fill(1e-9)]]]);
  const [related = []] = relateFrames(layer, embedded, presentOf(frames), {
    ...{ directions: tensor3d([pad(likes)]), present: presentOf(likes), logSalience: log(shares) },
  }).arraySync();
  return related.slice(0, frames.length).map((numbers) => numbers.slice(0, 6));
}

/** Frames that are all unlike the likes, the second the least. */
const LIKES = [
  [1, 0],
  [0.8, 0.6],
];
const FRAMES = [
  [-1, 0],
  [-0.6, 0.8],
  [-0.8, -0.6],
];

test("the best frame has no gap to itself, and the others one below 0, also where none is like the likes", () => {
  for (const padding of [0, 3]) {
    const gaps = relate(FRAMES, LIKES, padding).map((numbers) => numbers.slice(3));
    for (const way of [0, 1, 2]) {
      const ofFrames = gaps.map((numbers) => numbers[way] ?? NaN);
      expect(Math.max(...ofFrames)).toBeCloseTo(0, 5);
      expect(ofFrames.filter((gap) => gap < -0.01)).toHaveLength(2);
    }
  }
});

test("padding of frames and likes changes nothing", () => {
  const plain = relate(FRAMES, LIKES, 0);
  const padded = relate(FRAMES, LIKES, 3);
  expect(padded).toEqual(plain.map((numbers) => numbers.map((number) => expect.closeTo(number, 4) as number)));
});
