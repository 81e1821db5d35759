import type { ImageHash } from "@facet/domain";

/** What is known of a stored picture without its bytes. */
export interface StoredImage {
  readonly hash: ImageHash;
  /** `image/jpeg`, `image/png` and so on. */
  readonly mime: string;
  /** In pixels, as shown: after any rotation that the file asks for. */
  readonly width: number;
  readonly height: number;
}

/** A picture about to be stored. */
export interface NewImage {
  readonly bytes: Uint8Array;
  readonly mime: string;
  readonly width: number;
  readonly height: number;
}

/** Where the bytes of pictures are kept, each once, under their SHA-256. Another store can be put in the place of Postgres. */
export interface ImageStore {
  /** Keeps pictures that are not there yet, and names each by its hash, in the order given. Safe to repeat. */
  keep(images: readonly NewImage[]): Promise<StoredImage[]>;
  /** What is known of a picture; undefined where none has this hash. */
  find(hash: ImageHash): Promise<StoredImage | undefined>;
  /** Removes those of some pictures that nothing uses. Most go by themselves with their last user: this is for those that never had one. */
  removeUnused(hashes: readonly ImageHash[]): Promise<void>;
  /** The picture and its bytes; undefined where none has this hash. */
  read(hash: ImageHash): Promise<(StoredImage & { readonly bytes: Uint8Array }) | undefined>;
}
