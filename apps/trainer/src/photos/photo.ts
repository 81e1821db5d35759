import type { ImageHash } from "@facet/domain";

/** A picture of an interest. Its hash, never its path, says which picture it is. */
export interface Photo {
  readonly hash: ImageHash;
  /** Where its bytes are. */
  readonly file: string;
  /** Interest and file name, for messages. */
  readonly name: string;
}

/** What a person can like: a folder of photos that show it. */
export interface Interest {
  /** Unique over all folders given: the collection's name and the label. */
  readonly id: string;
  /** The folder's name. Two collections may both have it; they are then two interests that show the same thing. */
  readonly label: string;
  readonly photos: readonly Photo[];
}

/** A folder of interests. Viewers and videos are made within one, so that a video is not told apart by its kind of photo. */
export interface PhotoCollection {
  readonly name: string;
  readonly interests: readonly Interest[];
}
