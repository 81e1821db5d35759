import type { Costs } from "./costs.js";
import { simulateCaches, type CacheCounts } from "./model/simulate-caches.js";
import { simulateWaiting, type Waiting } from "./model/simulate-waiting.js";
import { predictHits } from "./model/predict-hits.js";
import { predictVideoHits, simulateVideoHits } from "./model/video-hits.js";
import { waitPercentile } from "./model/waiting.js";
import { demandOf, planInputs } from "./plan/plan-inputs.js";
import type { CoverPlan } from "./plan/plan-covers.js";

const SEED = 20261125;
/** Twice the same, so that it shows that a shard's size changes nothing. */
const SHARDS = [80, 240] as const;
const ROOMS = [20, 80, 200] as const;
const LOADS = [0.7, 0.8, 0.85, 0.9] as const;
const SMALL_CATALOGUE = 20_000;

export interface CacheRun {
  readonly viewers: number;
  readonly room: number;
  readonly counts: CacheCounts;
  readonly predicted: { readonly process: number; readonly all: number };
}

export interface WaitingRunAtLoad {
  readonly isPlan: boolean;
  readonly simulated: Waiting;
  /** The same with times that vary half as much. */
  readonly evenP99Ms: number;
  readonly predictedP99Ms: number;
}

export interface Simulation {
  readonly caches: readonly CacheRun[];
  readonly waiting: readonly WaitingRunAtLoad[];
  readonly videos: readonly { readonly held: number; readonly simulated: number; readonly predicted: number }[];
}

/** The queue and the caches at the plan's load. */
export function simulate(costs: Costs, covers: CoverPlan): Simulation {
  const inputs = planInputs(costs);
  const demand = demandOf(inputs);
  const process = inputs.of.processRoom;
  const runCaches = (viewers: number, room: number): CacheRun => ({
    ...{ viewers, room },
    counts: simulateCaches(demand, {
      viewers,
      room: { process, tier: room },
      warmUpDays: 4,
      days: 3,
      seed: SEED + viewers,
    }),
    predicted: { process: predictHits(demand, process, viewers).hits, all: predictHits(demand, room, viewers).hits },
  });
  const { cores, meanMs, perSecond } = covers.machine;
  const planned = (perSecond * meanMs) / 1000 / cores;
  const runWaiting = (load: number): WaitingRunAtLoad => {
    const work = { cores, meanMs, perSecond: (load * cores * 1000) / meanMs };
    const run = { jobs: 300_000, seed: SEED };
    return {
      isPlan: load === planned,
      simulated: simulateWaiting(work, { ...run, spread: 1 }),
      evenP99Ms: simulateWaiting(work, { ...run, spread: 0.5 }).p99Ms,
      predictedP99Ms: waitPercentile(work, 99),
    };
  };
  const exponent = inputs.of.videoExponent;
  return {
    caches: [...ROOMS.map((room) => runCaches(SHARDS[0], room)), runCaches(SHARDS[1], inputs.of.tierRoom)],
    waiting: [...LOADS, planned].sort((a, b) => a - b).map(runWaiting),
    videos: [0.01, 0.1].map((held) => ({
      held,
      simulated: simulateVideoHits(SMALL_CATALOGUE, exponent, held, SEED),
      predicted: predictVideoHits(SMALL_CATALOGUE, exponent, held),
    })),
  };
}
