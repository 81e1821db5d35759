import { expect, test } from "vitest";
import { Chance } from "./chance.js";
import type { Demand } from "./demand.js";
import { LeastRecentlyUsed } from "./least-recently-used.js";
import { predictHits } from "./predict-hits.js";
import { simulateCaches } from "./simulate-caches.js";
import { simulateWaiting } from "./simulate-waiting.js";
import { predictVideoHits, simulateVideoHits } from "./video-hits.js";
import { chanceOfWaiting, waitPercentile } from "./waiting.js";
import { WeightedDraw } from "./weighted-draw.js";

const demand: Demand = {
  coversPerViewerDay: 200,
  viewers: { exponent: 1, head: 0.01 },
  feed: { videos: 100, exponent: 0.8, turnoverPerDay: 0.3 },
  likesPerCover: 0.005,
  videoExponent: 0.8,
};
const VIEWERS = 120;
const run = (tier: number, changes: Partial<Demand> = {}, viewers = VIEWERS) =>
  simulateCaches({ ...demand, ...changes }, { viewers, room: { process: 5, tier }, warmUpDays: 3, days: 5, seed: 7 });
const hits = ({ asked, decided }: { asked: number; decided: number }) => 1 - decided / asked;

test("a place is drawn as often as its weight says", () => {
  const chance = new Chance(1);
  const draw = new WeightedDraw([1, 0, 6, 3]);
  const drawn = Array.from({ length: 100_000 }, () => draw.next(chance));
  [0.1, 0, 0.6, 0.3].forEach((share, place) => {
    expect(drawn.filter((one) => one === place).length / drawn.length).toBeCloseTo(share, 2);
  });
});

test("the cache keeps what a list in order of use keeps", () => {
  const chance = new Chance(2);
  const cache = new LeastRecentlyUsed(7, 20);
  let list: number[] = [];
  for (let turn = 0; turn < 5000; turn++) {
    const key = Math.floor(chance.next() * 20);
    const isThere = list.includes(key);
    list = list.filter((one) => one !== key);
    if (chance.next() < 0.1) {
      expect(cache.drop(key)).toBe(isThere);
      continue;
    }
    expect(cache.touch(key)).toBe(isThere);
    list = [...list, key].slice(-7);
    expect(cache.size).toBe(list.length);
  }
});

test("every cover that is asked for comes from one place, and no cache holds more than its room", () => {
  const counts = run(30);
  expect(counts.fromProcess + counts.fromTier + counts.decided).toBe(counts.asked);
  expect(counts.asked).toBe(VIEWERS * demand.coversPerViewerDay * 5);
  expect(counts.kept.process).toBeLessThanOrEqual(VIEWERS * 5);
  expect(counts.kept.tier).toBeLessThanOrEqual(VIEWERS * 30);
  expect(run(30)).toEqual(counts);
});

test("more room finds more, and more likes find less", () => {
  const byRoom = [5, 15, 30, 60].map((room) => hits(run(room)));
  expect(byRoom).toEqual([...byRoom].sort((a, b) => a - b));
  const [least, most] = [Math.min(...byRoom), Math.max(...byRoom)];
  expect(most - least).toBeGreaterThan(0.1);
  expect(hits(run(60, { likesPerCover: 0.05 }))).toBeLessThan(most - 0.1);
});

test.each([5, 15, 30, 60])("with room for %i covers a viewer the shard gives what Che's approximation says", (room) => {
  const counts = run(room);
  expect(Math.abs(hits(counts) - predictHits(demand, room, VIEWERS).hits)).toBeLessThan(0.015);
  expect(Math.abs(counts.fromProcess / counts.asked - predictHits(demand, 5, VIEWERS).hits)).toBeLessThan(0.01);
});

test("a shard three times as large gives the same", () => {
  expect(Math.abs(hits(run(30)) - hits(run(30, {}, 3 * VIEWERS)))).toBeLessThan(0.015);
});

test("a cache of videos finds what Che's approximation says, and its classes of ranks are fine enough", () => {
  for (const held of [0.01, 0.1]) {
    expect(Math.abs(simulateVideoHits(5000, 0.8, held, 3) - predictVideoHits(5000, 0.8, held))).toBeLessThan(0.01);
  }
  expect(predictVideoHits(1e8, 0.8, 0.01)).toBeGreaterThan(predictVideoHits(1e8, 0.8, 0.001));
  expect(predictVideoHits(1e8, 0.8, 1)).toBeCloseTo(1, 2);
});

test("Erlang's C is that of the books", () => {
  expect(chanceOfWaiting({ cores: 1, meanMs: 10, perSecond: 70 })).toBeCloseTo(0.7, 10);
  expect(chanceOfWaiting({ cores: 2, meanMs: 10, perSecond: 100 })).toBeCloseTo(1 / 3, 10);
  expect(waitPercentile({ cores: 2, meanMs: 10, perSecond: 1 }, 99)).toBe(0);
});

test.each([0.6, 0.8])("with %f of its cores in use a machine lets wait as long as Erlang's C says", (load) => {
  const work = { cores: 8, meanMs: 20, perSecond: load * 400 };
  const waiting = simulateWaiting(work, { jobs: 200_000, spread: 1, seed: 5 });
  expect(waiting.jobs).toBe(200_000);
  expect(Math.abs(waiting.busy - load)).toBeLessThan(0.01);
  expect(Math.abs(waiting.waited - chanceOfWaiting(work))).toBeLessThan(0.02);
  const expected = waitPercentile(work, 99);
  expect(Math.abs(waiting.p99Ms - expected)).toBeLessThan(0.12 * expected);
  expect(simulateWaiting(work, { jobs: 200_000, spread: 0.5, seed: 5 }).p99Ms).toBeLessThan(waiting.p99Ms);
});
