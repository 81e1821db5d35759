import { tensor2d, tensor3d } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { useWasm } from "../wasm-backend.fixture.js";
import { relateLikedImages } from "./liked-image-relations.js";
import { cosines } from "./similarities.js";

beforeAll(useWasm);

/** Of each like mean, top and soft top similarity to the others, then to the previous and the next. */
function relate(likes: readonly (readonly [number, number])[], padding = 0): number[][] {
  const rows = [...likes.map((like) => [...like]), ...Array.from({ length: padding }, () => [0, 0])];
  const directions = tensor3d([rows]);
  const present = tensor2d([rows.map((_, place) => (place < likes.length ? 1 : 0))]);
  const [related = []] = relateLikedImages(directions, cosines(directions, directions), present).arraySync();
  return related.map((numbers) => numbers.slice(0, 5));
}

const close = (numbers: readonly number[]) => numbers.map((number) => expect.closeTo(number, 2) as number);

test("a like that is unlike all others is as near as the nearest of them, also below 0 and beside padding", () => {
  for (const padding of [0, 2]) {
    const [first = [], second = [], ...padded] = relate(
      [
        [1, 0],
        [-0.6, 0.8],
      ],
      padding,
    );
    expect(first).toEqual(close([-0.6, -0.6, -0.6, 0, -0.6]));
    expect(second).toEqual(close([-0.6, -0.6, -0.6, -0.6, 0]));
    expect(padded).toEqual(Array.from({ length: padding }, () => close([0, 0, 0, 0, 0])));
  }
});

test("a like is not held against itself: the only one resembles nothing", () => {
  expect(relate([[1, 0]])[0]).toEqual(close([0, 0, 0, 0, 0]));
});
