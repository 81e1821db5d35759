import type { FeatureEncoder } from "@facet/feature-encoder";
import type { PhotoRef } from "../episodes/episode.js";
import { decodePhoto, type DecodedPhoto } from "../photos/decode-photo.js";
import { featureKey, type FeatureCache } from "./feature-cache.js";
import type { QualityCache } from "./quality-cache.js";

/** Photos between two writes to disk: what a kill loses at most. */
const PORTION = 64;

export interface PhotoCaches {
  readonly features: FeatureCache;
  readonly qualities: QualityCache;
}

/** Those of the photos of which the caches lack anything, each once. */
export function findMissing(refs: Iterable<PhotoRef>, { features, qualities }: PhotoCaches): PhotoRef[] {
  const missing = new Map<string, PhotoRef>();
  for (const ref of refs) if (!features.has(ref) || !qualities.has(ref)) missing.set(featureKey(ref), ref);
  return [...missing.values()];
}

/** Encodes and measures what is missing of the photos; the next portion is decoded while one is encoded. */
export async function encodePhotos(
  missing: readonly PhotoRef[],
  encoder: FeatureEncoder,
  caches: PhotoCaches,
  onProgress: (done: number) => void = () => undefined,
): Promise<void> {
  const portions = Array.from({ length: Math.ceil(missing.length / PORTION) }, (_, i) =>
    missing.slice(i * PORTION, (i + 1) * PORTION),
  );
  let done = 0;
  let next = decodeAll(portions[0]);
  for (const [i, portion] of portions.entries()) {
    const pictures = await next;
    next = decodeAll(portions[i + 1]);
    next.catch(() => undefined); // thrown where it is awaited, after this portion is on disk
    await addFeatures(pictures, encoder, caches.features);
    await addQualities(pictures, caches.qualities);
    onProgress((done += portion.length));
  }
}

interface ShownPhoto extends DecodedPhoto {
  readonly ref: PhotoRef;
}

function decodeAll(refs: readonly PhotoRef[] = []): Promise<ShownPhoto[]> {
  return Promise.all(refs.map(async (ref) => ({ ref, ...(await decodePhoto(ref.photo, ref.degradation)) })));
}

async function addFeatures(
  pictures: readonly ShownPhoto[],
  encoder: FeatureEncoder,
  cache: FeatureCache,
): Promise<void> {
  const unknown = pictures.filter(({ ref }) => !cache.has(ref));
  const encoded = await encoder.firstConvolutionUnit(unknown.map(({ rgb }) => rgb));
  await cache.add(
    unknown.flatMap(({ ref }, i) => {
      const image = encoded[i];
      return image ? [{ ref, encoded: image }] : [];
    }),
  );
}

async function addQualities(pictures: readonly ShownPhoto[], cache: QualityCache): Promise<void> {
  const unknown = pictures.filter(({ ref }) => !cache.has(ref));
  await cache.add(unknown.map(({ ref, quality }) => ({ ref, quality })));
}
