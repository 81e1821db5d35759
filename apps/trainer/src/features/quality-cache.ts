import { join } from "node:path";
import type { FrameQuality } from "@facet/domain";
import type { PhotoRef } from "../episodes/episode.js";
import { featureKey } from "./feature-cache.js";
import { RecordStore } from "./record-store.js";

/** Raised when the measures change their meaning. */
const MEASURES_VERSION = 1;
const MEASURES = 5;

/** Quality measures on disk, found again as features are; they depend on no encoder. */
export class QualityCache {
  private constructor(private readonly store: RecordStore) {}

  static async open(folder: string): Promise<QualityCache> {
    return new QualityCache(await RecordStore.open(join(folder, `frame-quality-${MEASURES_VERSION}`), MEASURES));
  }

  has(ref: PhotoRef): boolean {
    return this.store.has(featureKey(ref));
  }

  get(ref: PhotoRef): FrameQuality | undefined {
    const row = this.store.get(featureKey(ref));
    if (!row) return undefined;
    const [brightness = 0, contrast = 0, sharpness = 0, uniformity = 0, colourfulness = 0] = row;
    return { brightness, contrast, sharpness, uniformity, colourfulness };
  }

  async add(entries: readonly { readonly ref: PhotoRef; readonly quality: FrameQuality }[]): Promise<void> {
    await this.store.append(
      entries.map(({ ref, quality: q }) => ({
        key: featureKey(ref),
        numbers: Float32Array.of(q.brightness, q.contrast, q.sharpness, q.uniformity, q.colourfulness),
      })),
    );
  }

  close(): Promise<void> {
    return this.store.close();
  }
}
