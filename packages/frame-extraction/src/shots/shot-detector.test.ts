import { describe, expect, test } from "vitest";
import { ShotDetector, type Placed } from "./shot-detector.js";

const RATE = 25;
type Picture = (frame: number) => Uint8Array;

/** A still picture: smooth waves in each channel, other ones for each seed. */
const still =
  (seed: number): Picture =>
  () =>
    draw((x, y, channel) => 128 + 100 * Math.sin((x * (1 + seed)) / 9 + (y * (2 + channel)) / 7 + seed * 2 + channel));

/** A checked picture that moves to the side by a pixel and a half a frame. */
const moving: Picture = (frame) =>
  draw((x, y) => ((Math.floor((x + frame * 1.5) / 8) + Math.floor(y / 8)) % 2 === 0 ? 40 : 215));

const black: Picture = () => draw(() => 0);
const white: Picture = () => draw(() => 255);

function draw(level: (x: number, y: number, channel: number) => number): Uint8Array {
  return Uint8Array.from({ length: 64 * 36 * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    return Math.round(level(pixel % 64, Math.floor(pixel / 64), at % 3));
  });
}

function mix(from: Uint8Array, to: Uint8Array, share: number): Uint8Array {
  return from.map((value, at) => Math.round(value + share * ((to[at] ?? 0) - value)));
}

const hold = (picture: Picture, frames: number): Uint8Array[] =>
  Array.from({ length: frames }, (_, frame) => picture(frame));
const dissolve = (from: Picture, to: Picture, frames: number): Uint8Array[] =>
  Array.from({ length: frames }, (_, frame) => mix(from(0), to(0), (frame + 1) / (frames + 1)));

function detect(thumbs: readonly Uint8Array[], rate = RATE): Placed<number>[] {
  const detector = new ShotDetector<number>(rate);
  const placed = thumbs.flatMap((thumb, frame) => detector.add(frame, thumb, (frame * 1000) / rate));
  return [...placed, ...detector.end()];
}

const shotsOf = (placed: readonly Placed<number>[]): number[] => placed.map((one) => one.shot);
const between = (placed: readonly Placed<number>[]): number[] =>
  placed.filter((one) => one.inTransition).map((one) => one.frame);

test("every frame comes back once, in order", () => {
  const placed = detect(hold(moving, 70));
  expect(placed.map((one) => one.frame)).toEqual(Array.from({ length: 70 }, (_, frame) => frame));
});

describe("a cut", () => {
  test("begins a shot at its very frame", () => {
    const placed = detect([...hold(still(1), 30), ...hold(still(4), 30)]);
    expect(shotsOf(placed)).toEqual([...Array<number>(30).fill(0), ...Array<number>(30).fill(1)]);
    expect(between(placed)).toEqual([]);
  });

  test("is seen between moving pictures", () => {
    expect(new Set(shotsOf(detect([...hold(still(1), 20), ...hold(moving, 30), ...hold(still(4), 20)])))).toEqual(
      new Set([0, 1, 2]),
    );
  });

  test("is every change of a slideshow with a picture a frame", () => {
    expect(
      shotsOf(
        detect(
          [still(0), still(1), still(2), still(4), still(5)].flatMap((one) => hold(one, 1)),
          2,
        ),
      ),
    ).toEqual([0, 1, 2, 3, 4]);
  });

  test("is no motion", () => {
    const placed = detect(hold(moving, 60));
    expect(new Set(shotsOf(placed))).toEqual(new Set([0]));
    expect(between(placed)).toEqual([]);
  });

  test("is no flash of one or two frames", () => {
    const placed = detect([...hold(still(1), 20), ...hold(white, 2), ...hold(still(1), 20)]);
    expect(new Set(shotsOf(placed))).toEqual(new Set([0]));
  });
});

describe("a transition", () => {
  test.each([8, 25, 50])("of %i frames is found from end to end, and begins a shot after it", (length) => {
    const placed = detect([...hold(still(1), 30), ...dissolve(still(1), still(4), length), ...hold(still(4), 30)]);
    const inside = Array.from({ length }, (_, frame) => 30 + frame);
    expect(between(placed)).toEqual(expect.arrayContaining(inside));
    expect(between(placed).length).toBeLessThanOrEqual(length + 2 * 4);
    expect(shotsOf(placed)[0]).toBe(0);
    expect(shotsOf(placed).at(-1)).toBe(1);
  });

  test("may be a fade from black and to black", () => {
    const placed = detect([
      ...[...hold(black, 15), ...dissolve(black, still(3), 25), ...hold(still(3), 30)],
      ...[...dissolve(still(3), black, 25), ...hold(black, 15)],
    ]);
    expect(between(placed)).toEqual(expect.arrayContaining([20, 30, 38, 72, 80, 92]));
    expect(between(placed)).not.toContain(55);
    expect(shotsOf(placed)[55]).toBe(1);
  });

  test("may be a fade of a picture that moves", () => {
    const fading = Array.from({ length: 25 }, (_, frame) => mix(moving(30 + frame), black(0), (frame + 1) / 26));
    const placed = detect([...hold(moving, 30), ...fading, ...hold(black, 15)]);
    expect(between(placed)).toEqual(expect.arrayContaining([33, 38, 43, 48]));
    expect(between(placed)).not.toContain(20);
  });
});

describe("steadiness", () => {
  const steadinessOf = (placed: readonly Placed<number>[]): number[] => placed.map((one) => one.steadiness);

  test("falls towards a cut and rises behind it, the same on both sides", () => {
    const steadiness = steadinessOf(detect([...hold(still(1), 30), ...hold(still(4), 30)]));
    const around = [26, 27, 28, 29, 30, 31, 32, 33].map((frame) => steadiness[frame]);
    [0.64, 0.48, 0.32, 0.16, 0.16, 0.32, 0.48, 0.64].forEach((share, at) => expect(around[at]).toBeCloseTo(share, 5));
    expect(steadiness[20]).toBe(1);
    expect(steadiness[40]).toBe(1);
  });

  test("is 0 inside a fade, and 1 a quarter of a second away from it", () => {
    const steadiness = steadinessOf(
      detect([...hold(still(1), 30), ...dissolve(still(1), still(4), 20), ...hold(still(4), 30)]),
    );
    expect(steadiness.slice(32, 48)).toEqual(Array(16).fill(0));
    expect(steadiness[15]).toBe(1);
    expect(steadiness[65]).toBe(1);
  });

  test("is 1 of a slideshow's slow slides, and of motion", () => {
    const slides = [still(0), still(1), still(2), still(4), still(5)].flatMap((one) => hold(one, 1));
    expect(steadinessOf(detect(slides, 2))).toEqual([1, 1, 1, 1, 1]);
    expect(new Set(steadinessOf(detect(hold(moving, 60))))).toEqual(new Set([1]));
  });
});
