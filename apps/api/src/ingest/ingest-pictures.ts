import type { ImageHash } from "@facet/domain";
import type { ImageStore, StoredImage } from "../image/image-store.js";
import type { EncodedFrame } from "./collect-candidates.js";

/** The pictures of one ingest. They are stored while it is under way, so that little is left to do at its end. */
export class IngestPictures {
  readonly #hashes: ImageHash[] = [];

  constructor(private readonly images: ImageStore) {}

  /** Safe to repeat; at the end it has to be: what nothing used may have been removed meanwhile. */
  async keep(frames: readonly EncodedFrame[]): Promise<StoredImage[]> {
    const pictures = frames.map(({ jpeg: bytes, width, height }) => ({ bytes, width, height, mime: "image/jpeg" }));
    const stored = await this.images.keep(pictures);
    this.#hashes.push(...stored.map(({ hash }) => hash));
    return stored;
  }

  /** Removes those that nothing uses: the ingest came to nothing. */
  async forget(): Promise<void> {
    await this.images.removeUnused([...new Set(this.#hashes)]);
  }
}
