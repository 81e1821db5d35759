import { parseImageHash } from "@facet/domain";
import type { RawQueries } from "../database/prepared-statements.js";
import type { PrismaClient } from "../generated/prisma/client.js";
import type { FeatureStore } from "../image/feature-store.js";
import type { Candidate } from "./rank-candidates.js";

/** A candidate frame with its feature. */
export interface EncodedCandidate extends Candidate {
  /** [width] */
  readonly feature: Float32Array;
}

/** The candidates of a video in one of its states. */
export interface EncodedSet {
  readonly videoRevision: number;
  readonly rulesRevision: number;
  /** By time. */
  readonly candidates: readonly EncodedCandidate[];
}

interface EncodedRow extends Omit<Candidate, "imageHash"> {
  readonly videoId: string;
  readonly videoRevision: number;
  readonly rulesRevision: number;
  readonly imageHash: string;
  /** Null where this encoder has not made it yet. */
  readonly vector: Uint8Array | null;
}

/** Reads the candidate sets of videos. */
export class CandidateReader {
  constructor(
    private readonly prisma: PrismaClient,
    private readonly features: FeatureStore,
    private readonly statements: RawQueries,
  ) {}

  /**
   * By video, and there by time: the order that the first recurrent unit reads them in. Banned frames are none. A video
   * without candidates is left out.
   */
  async read(videoIds: readonly string[]): Promise<ReadonlyMap<string, readonly Candidate[]>> {
    const rows = await this.prisma.candidateFrame.findMany({
      where: { videoId: { in: [...videoIds] }, ruling: { not: "BANNED" } },
      orderBy: [{ videoId: "asc" }, { timestampMs: "asc" }, { index: "asc" }],
      select: { id: true, videoId: true, timestampMs: true, qualityScore: true, imageHash: true },
    });
    const found = new Map<string, Candidate[]>();
    for (const { videoId, imageHash, ...row } of rows) {
      const candidates = found.get(videoId) ?? [];
      candidates.push({ ...row, imageHash: parseImageHash(imageHash) });
      found.set(videoId, candidates);
    }
    return found;
  }

  /**
   * As `read`, with the features, in one statement, so that frames and revisions are of one moment.
   *
   * @throws FeaturesLackingError
   */
  async readEncoded(videoIds: readonly string[]): Promise<ReadonlyMap<string, EncodedSet>> {
    const asked = [...videoIds];
    // Named once more for the video: else the planner reads all videos for a page of them.
    const rows = await this.statements.$queryRaw<EncodedRow[]>`
      SELECT frame.id, frame.video_id AS "videoId", frame.timestamp_ms AS "timestampMs",
             frame.quality_score AS "qualityScore", frame.image_hash AS "imageHash", feature.vector,
             video.revision AS "videoRevision", video.rules_revision AS "rulesRevision"
        FROM candidate_frame frame
        JOIN video ON video.id = frame.video_id
        LEFT JOIN feature
          ON feature.image_hash = frame.image_hash AND feature.encoder_version = ${this.features.encoderVersion}
       WHERE frame.video_id = ANY (${asked}::text[]) AND video.id = ANY (${asked}::text[]) AND frame.ruling <> 'BANNED'
       ORDER BY frame.video_id, frame.timestamp_ms, frame.frame_index`;
    const features = this.features.unpack(rows);
    const found = new Map<string, EncodedSet & { readonly candidates: EncodedCandidate[] }>();
    for (const [place, row] of rows.entries()) {
      const { videoId, videoRevision, rulesRevision, id, timestampMs, qualityScore } = row;
      const feature = features[place];
      if (feature === undefined) throw new Error("A feature is missing.");
      const set = found.get(videoId) ?? { videoRevision, rulesRevision, candidates: [] };
      set.candidates.push({ id, timestampMs, qualityScore, imageHash: parseImageHash(row.imageHash), feature });
      found.set(videoId, set);
    }
    return found;
  }

  /** In the order of the frames. */
  readFeatures(frames: readonly Candidate[]): Promise<Float32Array[]> {
    return this.features.read(frames.map((frame) => frame.imageHash));
  }
}
