import type { ImageHash } from "@facet/domain";

/** Thrown where features were to be read that this encoder has not made yet: `FeatureStore.read` makes them. */
export class FeaturesLackingError extends Error {
  constructor(readonly hashes: readonly ImageHash[]) {
    super(`The features of ${hashes.length} pictures are to be made by this encoder yet.`);
  }
}
