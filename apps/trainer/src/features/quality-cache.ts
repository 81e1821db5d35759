import { join } from "node:path";
import type { FrameQuality } from "@facet/domain";
import type { PhotoRef } from "../episodes/episode.js";
import { featureKey } from "./feature-cache.js";
import { RecordStore } from "./record-store.js";

/** Raised when the measures change their meaning. What was kept of the version before is measured anew. */
const MEASURES_VERSION = 2;

/** In the order of a row's numbers. A photo stands alone: its steadiness is not kept. */
const MEASURES = [
  "brightness",
  "contrast",
  "sharpness",
  "uniformity",
  "colourfulness",
  "clipping",
  "noise",
  "smear",
  "detail",
  "text",
] as const satisfies readonly (keyof FrameQuality)[];

/** Quality measures on disk, found again as features are; they depend on no encoder. */
export class QualityCache {
  private constructor(private readonly store: RecordStore) {}

  static async open(folder: string): Promise<QualityCache> {
    return new QualityCache(await RecordStore.open(join(folder, `frame-quality-${MEASURES_VERSION}`), MEASURES.length));
  }

  has(ref: PhotoRef): boolean {
    return this.store.has(featureKey(ref));
  }

  get(ref: PhotoRef): FrameQuality | undefined {
    const row = this.store.get(featureKey(ref));
    if (!row) return undefined;
    const measures = Object.fromEntries(MEASURES.map((measure, place) => [measure, row[place] ?? 0]));
    return { ...(measures as Record<(typeof MEASURES)[number], number>), steadiness: 1 };
  }

  async add(entries: readonly { readonly ref: PhotoRef; readonly quality: FrameQuality }[]): Promise<void> {
    await this.store.append(
      entries.map(({ ref, quality }) => ({
        key: featureKey(ref),
        numbers: Float32Array.from(MEASURES, (measure) => quality[measure]),
      })),
    );
  }

  close(): Promise<void> {
    return this.store.close();
  }
}
