import type { FrameQuality } from "@facet/domain";
import type { EncodedImage, FeatureEncoder } from "@facet/feature-encoder";
import type { PhotoRef } from "../episodes/episode.js";
import { encodePhotos, findMissing, type PhotoCaches } from "./encode-photos.js";
import { FeatureCache } from "./feature-cache.js";
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
    const [features, qualities] = await Promise.all([
      FeatureCache.open(cacheFolder, encoder),
      QualityCache.open(cacheFolder),
    ]);
    return new PhotoLibrary(encoder, { features, qualities });
  }

  /** Makes sure that `get` knows these photos; shows progress where that takes work. */
  async prepare(refs: Iterable<PhotoRef>): Promise<void> {
    const missing = findMissing(refs, this.caches);
    if (missing.length === 0) return;
    const progress = showProgress("Encoding photos", missing.length);
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
    if (!encoded || !quality) throw new RangeError(`${ref.photo.name} (${ref.degradation}) was not prepared.`);
    const facts = { ...encoded, quality };
    this.#known.set(name, facts);
    return facts;
  }

  async close(): Promise<void> {
    await Promise.all([this.caches.features.close(), this.caches.qualities.close()]);
  }
}
