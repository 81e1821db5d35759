import { activities, feedShares, type Demand } from "./demand.js";

/** Enough for three digits. */
const CLASSES = 100;
/** The characteristic time is found to this ratio. */
const PRECISION = 1.0005;

/** A share of all requests, and how many decisions a viewer has in the cache on the average. */
export interface CacheState {
  readonly hits: number;
  readonly kept: number;
}

/**
 * What a cache with room for so many decisions a viewer gives, by Che's approximation: a decision is there if it was asked
 * for within the cache's characteristic time T, and nothing has dropped it since. With requests at rate r and droppings at
 * rate d that is r / (r + d) x (1 - exp(-(r + d) T)), of which the sum over all decisions is the room.
 *
 * @param viewers kinds of viewers that are told apart: as many as a shard has, to be held against it
 */
export function predictHits(demand: Demand, roomPerViewer: number, viewers = CLASSES): CacheState {
  const full = stateAt(demand, Infinity, viewers);
  if (full.kept <= roomPerViewer) return full;
  let [low, high] = [1e-6, 1e6];
  while (high / low > PRECISION) {
    const middle = Math.sqrt(low * high);
    if (stateAt(demand, middle, viewers).kept < roomPerViewer) low = middle;
    else high = middle;
  }
  return stateAt(demand, high, viewers);
}

/** @param days T, the characteristic time */
function stateAt(demand: Demand, days: number, viewers: number): CacheState {
  const shares = feedShares(demand.feed);
  let [hits, kept] = [0, 0];
  for (const activity of activities(viewers, demand.viewers)) {
    const covers = activity * demand.coversPerViewerDay;
    const dropped = covers * demand.likesPerCover + demand.feed.turnoverPerDay;
    for (const share of shares) {
      const asked = covers * share;
      const there = (asked / (asked + dropped)) * -Math.expm1(-(asked + dropped) * days);
      kept += there / viewers;
      hits += (there * activity * share) / viewers;
    }
  }
  return { hits, kept };
}
