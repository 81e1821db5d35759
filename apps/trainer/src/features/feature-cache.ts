import { createHash } from "node:crypto";
import { join } from "node:path";
import type { EncodedImage } from "@facet/feature-encoder";
import type { PhotoRef } from "../episodes/episode.js";
import { RecordStore } from "./record-store.js";

/** Raised when `degrade` changes what it does, so that what was encoded before is not taken for what it does now. */
const DEGRADATION_RECIPE = 1;

/**
 * Features on disk by what they are features of: the picture's hash, what was done to it, and the encoder's version.
 * Moving or renaming photos loses nothing; changing a photo, a degradation or the backbone finds nothing.
 */
export class FeatureCache {
  private constructor(private readonly store: RecordStore) {}

  /** @param folder the cache's folder, shared by all encoders */
  static async open(
    folder: string,
    encoder: { readonly version: string; readonly width: number },
  ): Promise<FeatureCache> {
    // One more number than the feature has: the unsafe score.
    return new FeatureCache(await RecordStore.open(join(folder, encoder.version), encoder.width + 1));
  }

  get size(): number {
    return this.store.size;
  }

  has(ref: PhotoRef): boolean {
    return this.store.has(featureKey(ref));
  }

  get(ref: PhotoRef): EncodedImage | undefined {
    const row = this.store.get(featureKey(ref));
    return row && { unsafeScore: row[0] ?? 0, feature: row.subarray(1) };
  }

  async add(entries: readonly { readonly ref: PhotoRef; readonly encoded: EncodedImage }[]): Promise<void> {
    await this.store.append(
      entries.map(({ ref, encoded }) => ({
        key: featureKey(ref),
        numbers: Float32Array.of(encoded.unsafeScore, ...encoded.feature),
      })),
    );
  }

  close(): Promise<void> {
    return this.store.close();
  }
}

/** One name for a picture in the state that it is shown in: 64 hex digits. */
export function featureKey({ photo, degradation }: PhotoRef): string {
  if (degradation === "none") return photo.hash;
  return createHash("sha256").update(`${photo.hash} ${degradation} ${DEGRADATION_RECIPE}`).digest("hex");
}
