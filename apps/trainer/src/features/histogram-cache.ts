import { join } from "node:path";
import type { PhotoRef } from "../episodes/episode.js";
import { HISTOGRAM_BINS } from "./colour-histogram.js";
import { featureKey } from "./feature-cache.js";
import { RecordStore } from "./record-store.js";

/** Raised when the bins change their meaning. */
const HISTOGRAM_VERSION = 1;

/** Colour histograms on disk, found again as features are; they depend on no encoder. */
export class HistogramCache {
  private constructor(private readonly store: RecordStore) {}

  static async open(folder: string): Promise<HistogramCache> {
    return new HistogramCache(
      await RecordStore.open(join(folder, `colour-histogram-${HISTOGRAM_VERSION}`), HISTOGRAM_BINS),
    );
  }

  has(ref: PhotoRef): boolean {
    return this.store.has(featureKey(ref));
  }

  /** [96] shares, see `colourHistogram`. */
  get(ref: PhotoRef): Float32Array | undefined {
    return this.store.get(featureKey(ref));
  }

  async add(entries: readonly { readonly ref: PhotoRef; readonly histogram: Float32Array }[]): Promise<void> {
    await this.store.append(entries.map(({ ref, histogram }) => ({ key: featureKey(ref), numbers: histogram })));
  }

  close(): Promise<void> {
    return this.store.close();
  }
}
