import type { FeatureEncoder } from "@facet/feature-encoder";
import type { PhotoRef } from "../episodes/episode.js";
import { decodePhoto, type DecodedPhoto } from "../photos/decode-photo.js";
import { colourHistogram } from "./colour-histogram.js";
import { featureKey, type FeatureCache } from "./feature-cache.js";
import type { HistogramCache } from "./histogram-cache.js";
import type { QualityCache } from "./quality-cache.js";

/** Photos between two writes to disk: what a kill loses at most. */
const PORTION = 64;

export interface PhotoCaches {
  readonly features: FeatureCache;
  readonly qualities: QualityCache;
  readonly histograms: HistogramCache;
}

/** What is asked for of a photo: all that training takes, with its quality beside it, or its colours too. */
export type Wanted = "featuresAlone" | "features" | "featuresAndColours";

/** Those of the photos of which the caches lack anything that is wanted, each once. */
export function findMissing(refs: Iterable<PhotoRef>, caches: PhotoCaches, wanted: Wanted = "features"): PhotoRef[] {
  const missing = new Map<string, PhotoRef>();
  for (const ref of refs) {
    const known =
      caches.features.has(ref) &&
      (wanted === "featuresAlone" || caches.qualities.has(ref)) &&
      (wanted !== "featuresAndColours" || caches.histograms.has(ref));
    if (!known) missing.set(featureKey(ref), ref);
  }
  return [...missing.values()];
}

/**
 * Decodes the photos and keeps whatever the caches lack of them; a photo that lacks no feature is not encoded. The next
 * portion is decoded while one is encoded.
 */
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
    const unmeasured = pictures.filter(({ ref }) => !caches.qualities.has(ref));
    await caches.qualities.add(unmeasured.map(({ ref, quality }) => ({ ref, quality })));
    const uncounted = pictures.filter(({ ref }) => !caches.histograms.has(ref));
    await caches.histograms.add(uncounted.map(({ ref, rgb }) => ({ ref, histogram: colourHistogram(rgb) })));
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
  if (unknown.length === 0) return;
  const encoded = await encoder.firstConvolutionUnit(unknown.map(({ rgb }) => rgb));
  await cache.add(
    unknown.flatMap(({ ref }, i) => {
      const image = encoded[i];
      return image ? [{ ref, encoded: image }] : [];
    }),
  );
}
