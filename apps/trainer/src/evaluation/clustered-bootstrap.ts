import type { Random } from "../random.js";

/** A figure with the interval in which it would lie for 95 of 100 like draws of interests and viewers. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const REPLICATES = 1000;

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
    const sums = this.members.map((viewers) => viewers.reduce((sum, viewer) => sum + (values[viewer] ?? 0), 0));
    const counts = this.members.map((viewers) => viewers.length);
    return this.estimate((clusters) => {
      let sum = 0;
      let count = 0;
      for (const cluster of clusters) {
        sum += sums[cluster] ?? 0;
        count += counts[cluster] ?? 0;
      }
      return count === 0 ? 0 : sum / count;
    });
  }

  /** Any figure that can be had from a list of clusters, some of them several times. */
  estimate(figure: (clusters: Iterable<number>) => number): Estimate {
    const replicates = Float64Array.from(this.#draws, (draw) => figure(draw)).sort();
    return { mean: figure(this.members.keys()), low: quantile(replicates, 0.025), high: quantile(replicates, 0.975) };
  }
}

/** @param sorted ascending */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}
