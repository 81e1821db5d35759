import type { RawQueries } from "../database/prepared-statements.js";
import type { FeatureStore, ReadFeature } from "../image/feature-store.js";

/** Reads the history set of the method: the features of what a viewer liked. */
export class HistoryReader {
  /** @param length a viewer's newest likes are its history; older ones are kept but decide nothing */
  constructor(
    private readonly statements: RawQueries,
    private readonly features: Pick<FeatureStore, "complete" | "encoderVersion">,
    private readonly length: number,
  ) {}

  /** Oldest first, each [width]. In one statement. */
  async read(userId: string): Promise<Float32Array[]> {
    const newest = await this.statements.$queryRaw<ReadFeature[]>`
      SELECT liked.image_hash AS "imageHash", feature.vector
        FROM (SELECT image_hash, liked_at, id FROM liked_image
               WHERE user_id = ${userId} ORDER BY liked_at DESC, id DESC LIMIT ${this.length}) liked
        LEFT JOIN feature
          ON feature.image_hash = liked.image_hash AND feature.encoder_version = ${this.features.encoderVersion}
       ORDER BY liked.liked_at DESC, liked.id DESC`;
    return this.features.complete(newest.reverse());
  }
}
