import { ones, tensor2d, tensor3d, type Rank, type Tensor2D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { embed, type EmbeddingLayer } from "./embedding.js";
import { makeFeatures } from "./features.fixture.js";
import { useWasm } from "./wasm-backend.fixture.js";

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
function directionsOf(kind: number, pictures = makeFeatures(3, WIDTH, 1), present: Tensor2D = ones<Rank.R2>([1, 3])) {
  const features = pictures.map((own) => Array.from(own, (x, d) => 0.3 * x + (KINDS[kind]?.[d] ?? 0)));
  return Array.from(embed(layer(), tensor3d([features]), present).directions.dataSync());
}

describe("pictures are compared within their kind", () => {
  test("a video's frames point where they would if they were of another kind", () => {
    const expected = directionsOf(0).map((x) => expect.closeTo(x, 4) as number);
    expect(directionsOf(1)).toEqual(expected);
    expect(new Set(directionsOf(0).map((x) => x.toFixed(3))).size).toBeGreaterThan(4);
  });

  test("one picture that lies elsewhere does not make the others of another kind", () => {
    const [first, second, third] = makeFeatures(3, WIDTH, 1);
    if (!first || !second || !third) throw new Error("A picture is missing.");
    const stray = third.map((x) => 0.3 * x + 4);
    const usual = directionsOf(0, [first, second, third]).slice(0, 4);
    expect(directionsOf(0, [first, second, stray]).slice(0, 4)).toEqual(usual);
  });

  test("where all are of one kind there is one mean", () => {
    const features = tensor3d([makeFeatures(3, WIDTH, 1).map((own) => [...own])]);
    const one = embed({ ...layer(), means: tensor2d([KINDS[0] ?? []]) }, features, ones<Rank.R2>([1, 3]));
    const two = embed(layer(), features, ones<Rank.R2>([1, 3]));
    expect(one.directions.dataSync()).toEqual(two.directions.dataSync());
  });

  test("padding decides nothing and points nowhere", () => {
    const [first, second] = makeFeatures(2, WIDTH, 1);
    if (!first || !second) throw new Error("A picture is missing.");
    const padding = new Float32Array(WIDTH).fill(40);
    const padded = directionsOf(0, [first, second, padding], tensor2d([[1, 1, 0]]));
    expect(padded.slice(0, 4)).toEqual(directionsOf(0, [first, second, first]).slice(0, 4));
    expect(padded.slice(4)).toEqual([0, 0]);
  });
});
