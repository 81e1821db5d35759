import { describe, expect, test } from "vitest";
import type { ExtractedFrame } from "../extracted-frame.js";
import type { Contender, Standing } from "./contender.js";
import { ContenderPool } from "./contender-pool.js";
import { measureQuality } from "../quality/measure-quality.js";
import { TargetChooser } from "./target-chooser.js";

const NO_QUALITY = measureQuality(new Uint8Array(27), 3, 3);

interface Given {
  readonly at: number;
  readonly shot?: number;
  readonly score?: number;
  readonly standing?: Standing;
  /** Contenders of one look are the same picture; any two looks differ. */
  readonly look?: number;
}

function contender({ at, shot = 0, score = 0.5, standing = "fit", look = at }: Given): Contender<ExtractedFrame> {
  const bytes = new Uint8Array(0);
  const frame: ExtractedFrame = {
    ...{ index: at, timestampMs: at, shot, width: 1, height: 1, jpeg: bytes, rgb: bytes, quality: NO_QUALITY },
  };
  return { frame, score, standing, thumb: noise(look) };
}

/** mulberry32 */
function noise(seed: number): Uint8Array {
  let state = seed + 1;
  return Uint8Array.from({ length: 300 }, () => {
    state = (state + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), state | 1);
    return ((mixed ^ (mixed >>> 7)) >>> 8) & 255;
  });
}

function choose(chooser: TargetChooser<ExtractedFrame>, given: readonly Given[]): number[] {
  return [...given.flatMap((one) => chooser.add(contender(one))), ...chooser.end()].map((frame) => frame.timestampMs);
}

const everySecond = (seconds: number): Given[] =>
  Array.from({ length: seconds }, (_, at) => ({ at: at * 1000, shot: at }));

test("of a long film at most the most targets are taken, in time order, from every part of it", () => {
  const times = choose(new TargetChooser(3_600_000, 16, 64), everySecond(3600));
  expect(times.length).toBe(64);
  expect(times).toEqual([...times].sort((one, other) => one - other));
  for (let part = 0; part < 16; part++) {
    expect(times.filter((time) => Math.floor(time / 225_000) === part).length).toBe(4);
  }
});

test("targets go out long before the film is over", () => {
  const chooser = new TargetChooser(160_000, 16, 64);
  const early = everySecond(12).flatMap((one) => chooser.add(contender(one)));
  expect(early.length).toBe(4);
});

test("the best of each shot goes before a second of any", () => {
  const given = [0, 1, 2, 3, 4, 5].map((at) => ({ at, shot: at < 4 ? 0 : at, score: 0.9 - at / 10 }));
  expect(choose(new TargetChooser(10, 1, 3), given)).toEqual([0, 4, 5]);
});

test("the same picture is taken once, at its best", () => {
  const given = [0.3, 0.8, 0.5].map((score, at) => ({ at: at * 10, shot: at, score, look: 7 }));
  expect(choose(new TargetChooser(1000, 4, 8), given)).toEqual([10]);
});

test("what is set back fills up to the least number and no further, and comes last", () => {
  const given: Given[] = [
    ...[0, 100, 200, 300, 400].map((at): Given => ({ at, standing: "setBack" })),
    ...[500, 900].map((at): Given => ({ at, shot: at })),
  ];
  const times = choose(new TargetChooser(1000, 4, 8), given);
  expect(times.length).toBe(4);
  expect(times.slice(0, 2)).toEqual([500, 900]);
});

test("what is fit fills up before what is set back, however much better that is for the rest", () => {
  const given: Given[] = [
    { at: 0, shot: 0, score: 0.8 },
    { at: 10, shot: 1, score: 0.3 },
    { at: 20, shot: 2, score: 0.9, standing: "setBack" },
  ];
  expect(choose(new TargetChooser(1000, 2, 2), given)).toEqual([0, 10]);
});

describe("a last resort", () => {
  const faded = [0, 10, 20].map((at): Given => ({ at, standing: "lastResort" }));

  test("is not taken where anything better is, although the number is short", () => {
    expect(choose(new TargetChooser(1000, 4, 8), [...faded, { at: 900, standing: "setBack" }])).toEqual([900]);
  });

  test("is taken where there is nothing else", () => {
    expect(choose(new TargetChooser(1000, 4, 8), faded)).toEqual([0, 10, 20]);
  });
});

test("a pool never holds more than its capacity, and keeps a member of every shot that it can", () => {
  const pool = new ContenderPool(5, 0.01);
  for (let at = 0; at < 200; at++) {
    pool.add(contender({ at, shot: at % 3, score: (at * 37) % 101 }));
    expect(pool.members.length).toBeLessThanOrEqual(5);
  }
  expect(new Set(pool.members.map(({ frame }) => frame.shot))).toEqual(new Set([0, 1, 2]));
});
