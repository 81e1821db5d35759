import type { FeatureEncoder } from "@facet/feature-encoder";
import type { PhotoRef } from "../episodes/episode.js";
import { decodePhoto } from "../photos/decode-photo.js";
import { featureKey, type FeatureCache } from "./feature-cache.js";

/** Photos between two writes to disk: what a kill loses at most. */
const PORTION = 64;

/** Those of the photos that the cache does not have yet, each once. */
export function findMissing(refs: Iterable<PhotoRef>, cache: FeatureCache): PhotoRef[] {
  const missing = new Map<string, PhotoRef>();
  for (const ref of refs) if (!cache.has(ref)) missing.set(featureKey(ref), ref);
  return [...missing.values()];
}

/** Encodes the photos and keeps their features; decoding the next portion goes on while one is encoded. */
export async function encodePhotos(
  missing: readonly PhotoRef[],
  encoder: FeatureEncoder,
  cache: FeatureCache,
  onProgress: (encoded: number) => void = () => undefined,
): Promise<void> {
  const decode = (start: number) =>
    Promise.all(missing.slice(start, start + PORTION).map(({ photo, degradation }) => decodePhoto(photo, degradation)));

  let next = decode(0);
  for (let start = 0; start < missing.length; start += PORTION) {
    const pictures = await next;
    next = decode(start + PORTION);
    const encoded = await encoder.firstConvolutionUnit(pictures);
    await cache.add(
      encoded.flatMap((image, i) => {
        const ref = missing[start + i];
        return ref ? [{ ref, encoded: image }] : [];
      }),
    );
    onProgress(start + pictures.length);
  }
}
