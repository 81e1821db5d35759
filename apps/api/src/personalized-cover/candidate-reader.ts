import { parseImageHash } from "@facet/domain";
import type { PrismaClient } from "../generated/prisma/client.js";
import type { FeatureStore } from "../image/feature-store.js";
import type { Candidate } from "./rank-candidates.js";

/** Reads the candidate sets of videos. */
export class CandidateReader {
  constructor(
    private readonly prisma: PrismaClient,
    private readonly features: FeatureStore,
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

  /** In the order of the frames. */
  readFeatures(frames: readonly Candidate[]): Promise<Float32Array[]> {
    return this.features.read(frames.map((frame) => frame.imageHash));
  }
}
