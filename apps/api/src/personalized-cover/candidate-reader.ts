import { parseImageHash } from "@facet/domain";
import type { PrismaClient } from "../generated/prisma/client.js";
import type { FeatureStore } from "../image/feature-store.js";
import type { Candidate } from "./rank-candidates.js";

/** Reads the candidate set of a video. */
export class CandidateReader {
  constructor(
    private readonly prisma: PrismaClient,
    private readonly features: FeatureStore,
  ) {}

  /** By time: the order that the first recurrent unit reads them in. */
  async read(videoId: string): Promise<Candidate[]> {
    const rows = await this.prisma.candidateFrame.findMany({
      where: { videoId },
      orderBy: [{ timestampMs: "asc" }, { index: "asc" }],
      select: { id: true, timestampMs: true, qualityScore: true, imageHash: true },
    });
    return rows.map(({ imageHash, ...row }) => ({ ...row, imageHash: parseImageHash(imageHash) }));
  }

  /** In the order of the frames. */
  readFeatures(frames: readonly Candidate[]): Promise<Float32Array[]> {
    return this.features.read(frames.map((frame) => frame.imageHash));
  }
}
