import type { FrameQuality } from "@facet/domain";
import type { EncodedImage, FeatureEncoder } from "@facet/feature-encoder";
import type { PhotoRef } from "../episodes/episode.js";
import { encodePhotos, findMissing, type PhotoCaches, type Wanted } from "./encode-photos.js";
import { FeatureCache } from "./feature-cache.js";
import { HistogramCache } from "./histogram-cache.js";
import { showProgress } from "../progress.js";
import { QualityCache } from "./quality-cache.js";

/** What is known of a photo in the state that it is shown in. */
export interface PhotoFacts extends EncodedImage {
  readonly quality: FrameQuality;
}

/** Every photo's feature, unsafe score and quality: from the disk where they are known, worked out where not. */
export class PhotoLibrary {
  readonly #known = new Map<string, PhotoFacts>();

  private constructor(
    private readonly encoder: FeatureEncoder,
    private readonly caches: PhotoCaches,
  ) {}

  /** @param cacheFolder made where it does not exist; may be shared by encoders and by runs at the same time */
  static async open(cacheFolder: string, encoder: FeatureEncoder): Promise<PhotoLibrary> {
    const [features, qualities, histograms] = await Promise.all([
      FeatureCache.open(cacheFolder, encoder),
      QualityCache.open(cacheFolder),
      HistogramCache.open(cacheFolder),
    ]);
    return new PhotoLibrary(encoder, { features, qualities, histograms });
  }

  /**
   * Makes sure that `feature` knows these photos, that `get` does unless features alone are wanted, and `histogram` where
   * colours are; shows progress where that takes work.
   */
  async prepare(refs: Iterable<PhotoRef>, wanted: Wanted = "features"): Promise<void> {
    const missing = findMissing(refs, this.caches, wanted);
    if (missing.length === 0) return;
    const spoiled = missing.some(({ degradation }) => degradation !== "none") ? ", sound and spoiled" : "";
    const progress = showProgress(`Preparing photos${spoiled}`, missing.length);
    try {
      await encodePhotos(missing, this.encoder, this.caches, (done) => progress.update(done));
    } finally {
      progress.stop();
    }
  }

  /**
   * The same object for the same photo, every time.
   *
   * @throws RangeError for a photo that was not prepared
   */
  get(ref: PhotoRef): PhotoFacts {
    const name = `${ref.photo.hash} ${ref.degradation}`;
    const known = this.#known.get(name);
    if (known) return known;
    const encoded = this.caches.features.get(ref);
    const quality = this.caches.qualities.get(ref);
    if (!encoded || !quality) throw notPrepared(ref);
    const facts = { ...encoded, quality };
    this.#known.set(name, facts);
    return facts;
  }

  /** @throws RangeError for a photo that was not prepared */
  feature(ref: PhotoRef): Float32Array {
    const encoded = this.caches.features.get(ref);
    if (!encoded) throw notPrepared(ref);
    return encoded.feature;
  }

  /**
   * @returns [96] see `colourHistogram`
   * @throws RangeError for a photo whose colours were not prepared
   */
  histogram(ref: PhotoRef): Float32Array {
    const histogram = this.caches.histograms.get(ref);
    if (!histogram) throw notPrepared(ref);
    return histogram;
  }

  async close(): Promise<void> {
    await Promise.all([this.caches.features.close(), this.caches.qualities.close(), this.caches.histograms.close()]);
  }
}

function notPrepared({ photo, degradation }: PhotoRef): RangeError {
  return new RangeError(`${photo.name} (${degradation}) was not prepared.`);
}
