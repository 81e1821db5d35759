/** Who asks for what: everything that decides how often a cover is one that was decided before. */
export interface Demand {
  /** Covers that an average viewer is shown a day. */
  readonly coversPerViewerDay: number;
  /** Viewers by rank follow Zipf's law; those of the head, who would otherwise be no humans, are all alike. */
  readonly viewers: { readonly exponent: number; readonly head: number };
  /** What is put before one viewer: so many videos, by rank after Zipf's law, of which a share gives way to others each day. */
  readonly feed: { readonly videos: number; readonly exponent: number; readonly turnoverPerDay: number };
  /** Each drops all decisions of its viewer. */
  readonly likesPerCover: number;
  /** Of all videos, by rank: what decides how often a video's features are at hand. */
  readonly videoExponent: number;
}

/**
 * How much some viewers ask for beside the average: viewers at even distances through all ranks. As a viewer's rank is told as
 * a share of all, a thousand of them stand for a billion.
 */
export function activities(count: number, { exponent, head }: Demand["viewers"]): number[] {
  const raw = Array.from({ length: count }, (_, place) => Math.max((place + 0.5) / count, head) ** -exponent);
  const mean = raw.reduce((sum, value) => sum + value, 0) / count;
  return raw.map((value) => value / mean);
}

/** Shares of a viewer's requests by place in the feed; they sum to 1. */
export function feedShares({ videos, exponent }: Demand["feed"]): number[] {
  const raw = Array.from({ length: videos }, (_, place) => (place + 1) ** -exponent);
  const sum = raw.reduce((total, value) => total + value, 0);
  return raw.map((value) => value / sum);
}
