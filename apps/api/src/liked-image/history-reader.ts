import type { RawQueries } from "../database/prepared-statements.js";
import type { FeatureStore, ReadFeature } from "../image/feature-store.js";

interface HistoryRow extends ReadFeature {
  readonly historyVersion: number;
}

/** What a viewer liked, and the version of the history that it is. */
export interface ReadHistory {
  readonly historyVersion: number;
  /** Oldest first, each [width]. */
  readonly features: readonly Float32Array[];
}

/** Reads the history set of the method: the features of what a viewer liked. */
export class HistoryReader {
  /** @param length a viewer's newest likes are its history; older ones are kept but decide nothing */
  constructor(
    private readonly statements: RawQueries,
    private readonly features: Pick<FeatureStore, "unpack" | "encoderVersion">,
    private readonly length: number,
  ) {}

  /**
   * In one statement, so that likes and version are of one moment. Undefined where there is no like.
   *
   * @throws FeaturesLackingError
   */
  async read(userId: string): Promise<ReadHistory | undefined> {
    const newest = await this.statements.$queryRaw<HistoryRow[]>`
      SELECT liked.image_hash AS "imageHash", feature.vector, viewer.history_version AS "historyVersion"
        FROM viewer
       CROSS JOIN LATERAL (SELECT image_hash, liked_at, id FROM liked_image
                            WHERE user_id = viewer.id ORDER BY liked_at DESC, id DESC LIMIT ${this.length}) liked
        LEFT JOIN feature
          ON feature.image_hash = liked.image_hash AND feature.encoder_version = ${this.features.encoderVersion}
       WHERE viewer.id = ${userId}
       ORDER BY liked.liked_at DESC, liked.id DESC`;
    const [first] = newest;
    if (first === undefined) return undefined;
    return { historyVersion: first.historyVersion, features: this.features.unpack(newest.reverse()) };
  }
}
