import { ones, tensor2d, tensor3d, type Rank, type Tensor2D, type Tensor3D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { embed, findKindMean, type EmbeddingLayer } from "./embedding.js";
import { makeFeatures } from "../features.fixture.js";
import { useWasm } from "../wasm-backend.fixture.js";

beforeAll(useWasm);

const WIDTH = 4;
/** Where the two kinds of picture lie. */
const KINDS = [
  [0, 0, 0, 0],
  [5, -5, 5, 5],
];

function layer(): EmbeddingLayer {
  return { means: tensor2d(KINDS), metric: tensor2d([1, 0, 0, 1, 1, 1, 0, 2], [WIDTH, 2]) };
}

/** Pictures of a kind, each with what sets it apart within its kind. */
function picturesOf(kind: number, pictures = makeFeatures(3, WIDTH, 1)): Tensor3D {
  return tensor3d([pictures.map((own) => Array.from(own, (x, d) => 0.3 * x + (KINDS[kind]?.[d] ?? 0)))]);
}

const allPresent = (): Tensor2D => ones<Rank.R2>([1, 3]);

function directionsBeside(likes: Tensor3D, pictures: Tensor3D): number[] {
  return [...embed(layer(), pictures, allPresent(), findKindMean(layer(), likes, allPresent())).directions.dataSync()];
}

describe("pictures are compared within their kind", () => {
  test("they point where they would if they were of another kind", () => {
    const [first, second] = [0, 1].map((kind) => directionsBeside(picturesOf(kind), picturesOf(kind)));
    expect(second).toEqual(first?.map((x) => expect.closeTo(x, 4) as number));
    expect(new Set(first?.map((x) => x.toFixed(3))).size).toBeGreaterThan(4);
  });

  test("the likes say of which kind, for the frames as well", () => {
    const frames = picturesOf(1);
    const ownMean = directionsBeside(picturesOf(1), frames);
    expect(directionsBeside(picturesOf(0), frames)).not.toEqual(ownMean);
    expect(directionsBeside(picturesOf(1, makeFeatures(3, WIDTH, 9)), frames)).toEqual(ownMean);
  });

  test("one like that lies elsewhere does not make the others of another kind", () => {
    const [first, second, third] = makeFeatures(3, WIDTH, 1);
    if (!first || !second || !third) throw new Error("A picture is missing.");
    const stray = picturesOf(0, [first, second, third.map((x) => x + 14)]);
    expect(findKindMean(layer(), stray, allPresent()).arraySync()).toEqual([KINDS[0]]);
  });

  test("padding decides nothing and points nowhere", () => {
    const [first, second] = makeFeatures(2, WIDTH, 1);
    if (!first || !second) throw new Error("A picture is missing.");
    const padded = picturesOf(0, [first, second, new Float32Array(WIDTH).fill(140)]);
    const present = tensor2d([[1, 1, 0]]);
    const mean = findKindMean(layer(), padded, present);
    expect(mean.arraySync()).toEqual([KINDS[0]]);
    expect([...embed(layer(), padded, present, mean).directions.dataSync()].slice(4)).toEqual([0, 0]);
  });
});
