import { Chance } from "./chance.js";
import { LeastRecentlyUsed } from "./least-recently-used.js";
import { WeightedDraw } from "./weighted-draw.js";

const CLASSES = 400;
const BISECTIONS = 80;

/**
 * How many of the videos that are asked for are in a cache that holds a share of them, by Che's approximation; videos are
 * asked for by Zipf's law. Ranks are taken in classes of a constant ratio, which leaves a billion as easy as a thousand.
 */
export function predictVideoHits(videos: number, exponent: number, heldShare: number): number {
  const classes = rankClasses(videos, exponent);
  const kept = (time: number) => classes.reduce((sum, { count, rate }) => sum - count * Math.expm1(-rate * time), 0);
  let [low, high] = [1e-6, 1e30];
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = Math.sqrt(low * high);
    if (kept(middle) < heldShare * videos) low = middle;
    else high = middle;
  }
  return classes.reduce((sum, { count, rate }) => sum - count * rate * Math.expm1(-rate * high), 0);
}

/** The same by drawing videos one after another, as many as make it settle and as many again. */
export function simulateVideoHits(videos: number, exponent: number, heldShare: number, seed: number): number {
  const chance = new Chance(seed);
  const draw = new WeightedDraw(Array.from({ length: videos }, (_, place) => (place + 1) ** -exponent));
  const cache = new LeastRecentlyUsed(Math.round(heldShare * videos), videos);
  const half = videos * 10;
  let hits = 0;
  for (let asked = 0; asked < 2 * half; asked++) {
    if (cache.touch(draw.next(chance)) && asked >= half) hits += 1;
  }
  return hits / half;
}

/** Rates sum to 1 over all videos. */
function rankClasses(videos: number, exponent: number): { count: number; rate: number }[] {
  const edges = new Set([...Array(CLASSES + 1).keys()].map((place) => Math.round(videos ** (place / CLASSES))));
  const raw: { count: number; rate: number }[] = [{ count: 1, rate: 1 }];
  let before = 1;
  for (const edge of [...edges].sort((a, b) => a - b)) {
    if (edge <= before) continue;
    raw.push({ count: edge - before, rate: ((before + 1 + edge) / 2) ** -exponent });
    before = edge;
  }
  const sum = raw.reduce((total, { count, rate }) => total + count * rate, 0);
  return raw.map(({ count, rate }) => ({ count, rate: rate / sum }));
}
