import type { Random } from "../random.js";
import { shareBeyond } from "./small-sample.js";

/** A figure with the interval in which it would lie for 95 of 100 like draws of interests and viewers. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Of six interests some five replicates lie beyond either end. */
const REPLICATES = 2000;

/**
 * Of fewer interests, or videos, no interval says enough: that five of five gain, or that five lose, comes about by luck
 * alone in 2 x 0.5^5 = 6.25% of cases, which is more than the 5% that an interval promises.
 */
export const FEWEST_CLUSTERS = 6;

/**
 * Groups viewers by the interest that they share. Viewers of one interest succeed and fail together, so intervals that
 * took them for independent would be too narrow: whole interests are drawn, not viewers.
 */
export class ViewerClusters {
  /** The viewers' numbers, per interest. */
  readonly members: readonly (readonly number[])[];
  readonly #draws: readonly Int32Array[];

  /** @param clusters the interest of each viewer */
  constructor(clusters: readonly string[], random: Random, replicates = REPLICATES) {
    const members = new Map<string, number[]>();
    for (const [viewer, cluster] of clusters.entries()) {
      const list = members.get(cluster);
      if (list) list.push(viewer);
      else members.set(cluster, [viewer]);
    }
    this.members = [...members.values()];
    const size = this.members.length;
    // Drawn once and used for every method and metric: what pairs them.
    this.#draws = Array.from({ length: replicates }, () => Int32Array.from({ length: size }, () => random.below(size)));
  }

  /** The mean of one number per viewer. */
  estimateMean(values: readonly number[]): Estimate {
    return this.estimateMeanOfGroups(
      values,
      values.map(() => 0),
    );
  }

  /**
   * The mean over groups of the mean of one number per viewer: each group counts the same, however many viewers it has.
   * A draw of clusters is one draw for all groups, as viewers of one interest are alike in every group.
   *
   * @param groups the group of each viewer, counted from 0
   */
  estimateMeanOfGroups(values: readonly number[], groups: readonly number[]): Estimate {
    // Not spread into arguments: there may be more viewers than a call takes.
    const count = 1 + groups.reduce((most, group) => Math.max(most, group), 0);
    const parts = this.members.map((viewers) => {
      const part = { sums: new Float64Array(count), viewers: new Float64Array(count) };
      for (const viewer of viewers) {
        const group = groups[viewer] ?? 0;
        part.sums[group] = (part.sums[group] ?? 0) + (values[viewer] ?? 0);
        part.viewers[group] = (part.viewers[group] ?? 0) + 1;
      }
      return part;
    });
    return this.estimate((clusters) => {
      const sums = new Float64Array(count);
      const viewers = new Float64Array(count);
      for (const cluster of clusters) {
        for (let group = 0; group < count; group++) {
          sums[group] = (sums[group] ?? 0) + (parts[cluster]?.sums[group] ?? 0);
          viewers[group] = (viewers[group] ?? 0) + (parts[cluster]?.viewers[group] ?? 0);
        }
      }
      return meanOfMeans(sums, viewers);
    });
  }

  /** Any figure that can be had from a list of clusters, some of them several times. */
  estimate(figure: (clusters: Iterable<number>) => number): Estimate {
    const replicates = Float64Array.from(this.#draws, (draw) => figure(draw)).sort();
    const beyond = shareBeyond(this.members.length);
    return {
      mean: figure(this.members.keys()),
      low: quantile(replicates, beyond),
      high: quantile(replicates, 1 - beyond),
    };
  }
}

/** A group that a draw left without viewers counts nothing in it. */
function meanOfMeans(sums: Float64Array, viewers: Float64Array): number {
  let total = 0;
  let groups = 0;
  sums.forEach((sum, group) => {
    const count = viewers[group] ?? 0;
    if (count === 0) return;
    total += sum / count;
    groups++;
  });
  return groups === 0 ? 0 : total / groups;
}

/** @param sorted ascending */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}
