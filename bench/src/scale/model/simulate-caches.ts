import { Chance } from "./chance.js";
import { activities, feedShares, type Demand } from "./demand.js";
import { LeastRecentlyUsed } from "./least-recently-used.js";
import { WeightedDraw } from "./weighted-draw.js";

export interface Shard {
  /** They stand for all. */
  readonly viewers: number;
  /** Decisions that each cache has room for, for each viewer. */
  readonly room: { readonly process: number; readonly tier: number };
  /** Before anything is counted. */
  readonly warmUpDays: number;
  readonly days: number;
  readonly seed: number;
}

/** How often a cover that was asked for came from where. */
export interface CacheCounts {
  readonly asked: number;
  readonly fromProcess: number;
  readonly fromTier: number;
  readonly decided: number;
  readonly likes: number;
  /** Most that were kept at once, of each cache. */
  readonly kept: { readonly process: number; readonly tier: number };
}

/**
 * Viewers of one shard ask for covers one after another. A cover is looked for in the cache of the process that the viewer
 * is routed to, then in the cache tier, and else decided; it is in both from then on. A like drops all that the viewer
 * has, and a video that leaves a feed takes its decision along.
 */
export function simulateCaches(demand: Demand, { viewers, room, warmUpDays, days, seed }: Shard): CacheCounts {
  const chance = new Chance(seed);
  const drawViewer = new WeightedDraw(activities(viewers, demand.viewers));
  const drawPlace = new WeightedDraw(feedShares(demand.feed));
  const { videos, turnoverPerDay } = demand.feed;
  const inProcess = new LeastRecentlyUsed(Math.round(room.process * viewers), viewers * videos);
  const inTier = new LeastRecentlyUsed(Math.round(room.tier * viewers), viewers * videos);
  const drop = (key: number) => {
    inProcess.drop(key);
    inTier.drop(key);
  };
  const perDay = viewers * demand.coversPerViewerDay;
  const leavingPerCover = (videos * turnoverPerDay) / demand.coversPerViewerDay;
  if (leavingPerCover > 1) throw new RangeError("More videos leave a feed than covers are asked for.");
  const counts = { asked: 0, fromProcess: 0, fromTier: 0, decided: 0, likes: 0 };
  const kept = { process: 0, tier: 0 };
  const total = Math.round(perDay * (warmUpDays + days));
  const from = Math.round(perDay * warmUpDays);
  for (let place = 0; place < total; place++) {
    const viewer = drawViewer.next(chance);
    const key = viewer * videos + drawPlace.next(chance);
    const source = inProcess.touch(key) ? "fromProcess" : inTier.touch(key) ? "fromTier" : "decided";
    const isLike = chance.next() < demand.likesPerCover;
    if (isLike) for (let video = 0; video < videos; video++) drop(viewer * videos + video);
    if (chance.next() < leavingPerCover) drop(Math.floor(chance.next() * viewers * videos));
    if (place < from) continue;
    counts.asked += 1;
    counts[source] += 1;
    if (isLike) counts.likes += 1;
    kept.process = Math.max(kept.process, inProcess.size);
    kept.tier = Math.max(kept.tier, inTier.size);
  }
  return { ...counts, kept };
}
