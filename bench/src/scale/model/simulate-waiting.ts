import { percentile } from "../../statistics.js";
import { Chance } from "./chance.js";
import { utilisation, type Work } from "./waiting.js";

export interface WaitingRun {
  readonly jobs: number;
  /** Standard deviation of a job's time by its mean: 1 for an exponential distribution, the other ones are lognormal. */
  readonly spread: number;
  readonly seed: number;
}

export interface Waiting {
  readonly utilisation: number;
  /** Of cores, as it came out. */
  readonly busy: number;
  readonly jobs: number;
  /** Share of jobs that had to wait. */
  readonly waited: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Jobs come at random, and the longest waiting one is taken by the first core that is free. */
export function simulateWaiting(work: Work, { jobs, spread, seed }: WaitingRun): Waiting {
  const chance = new Chance(seed);
  const draw = spread === 1 ? () => chance.nextWait(work.meanMs) : lognormal(chance, work.meanMs, spread);
  const freeAt = new Float64Array(work.cores);
  const waits: number[] = [];
  const between = 1000 / work.perSecond;
  let [now, busyMs] = [0, 0];
  for (let job = 0; job < jobs; job++) {
    now += chance.nextWait(between);
    const first = freeAt.reduce((best, free, core) => (free < (freeAt[best] ?? Infinity) ? core : best), 0);
    const start = Math.max(now, freeAt[first] ?? 0);
    const time = draw();
    freeAt[first] = start + time;
    busyMs += time;
    waits.push(start - now);
  }
  const waited = waits.filter((wait) => wait > 0).length / jobs;
  return {
    ...{ utilisation: utilisation(work), busy: busyMs / (now * work.cores), jobs: waits.length, waited },
    ...{ p50Ms: percentile(waits, 50), p99Ms: percentile(waits, 99) },
  };
}

function lognormal(chance: Chance, mean: number, spread: number): () => number {
  const sigma = Math.sqrt(Math.log(1 + spread * spread));
  const mu = Math.log(mean) - (sigma * sigma) / 2;
  return () => Math.exp(mu + sigma * chance.nextNormal());
}
