import { isMissingReference } from "../database/is-missing-reference.js";
import type { CoverDecision as DecisionRow, PrismaClient, Video } from "../generated/prisma/client.js";
import type { CoverDecision, ViewerScope, VideoScope } from "./cover-decision.js";
import type { ViewerState } from "./cover-grounds.js";

/** A decision about to be stored. */
export type NewDecision = VideoScope &
  Pick<CoverDecision, "frameId" | "basis" | "reason" | "probability" | "candidates">;

/** Decisions in Postgres: one for each scope, whoever comes first. */
export class DecisionStore {
  constructor(private readonly prisma: PrismaClient) {}

  async findVideos(ids: readonly string[]): Promise<ReadonlyMap<string, Video>> {
    const rows = await this.prisma.video.findMany({ where: { id: { in: [...ids] } } });
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** A viewer that was never seen is a newcomer: version 0, no likes. */
  async findViewer(id: string): Promise<ViewerState> {
    const select = { historyVersion: true, likes: { select: { id: true }, take: 1 } };
    const viewer = await this.prisma.viewer.findUnique({ where: { id }, select });
    return { historyVersion: viewer?.historyVersion ?? 0, hasLikes: (viewer?.likes.length ?? 0) > 0 };
  }

  /** By video; those that are not decided yet are left out. */
  async find(viewer: ViewerScope, videos: readonly VideoScope[]): Promise<ReadonlyMap<string, CoverDecision>> {
    const asked = new Map(videos.map((video) => [video.videoId, video]));
    const { userId, modelVersion, historyVersion } = viewer;
    const rows = await this.prisma.coverDecision.findMany({
      where: { userId, modelVersion, historyVersion, videoId: { in: [...asked.keys()] } },
    });
    const holding = rows.filter((row) => {
      const video = asked.get(row.videoId);
      return row.videoRevision === video?.videoRevision && row.rulesRevision === video.rulesRevision;
    });
    return new Map(holding.map((row) => [row.videoId, toDecision(row)]));
  }

  /**
   * Stores decisions of different videos, each unless another caller was first; the answer is what is stored, for everyone.
   * A decision is left out where its video is gone meanwhile: that costs none of the others.
   */
  async keep(viewer: ViewerScope, made: readonly NewDecision[]): Promise<ReadonlyMap<string, CoverDecision>> {
    // In one order for everyone: two pages that store the same decisions in different orders would wait for each other.
    const rows = made.toSorted((a, b) => (a.videoId < b.videoId ? -1 : 1)).map((decision) => toRow(viewer, decision));
    await this.prisma.viewer.createMany({ data: { id: viewer.userId }, skipDuplicates: true });
    try {
      await this.prisma.coverDecision.createMany({ data: rows, skipDuplicates: true });
    } catch (error) {
      if (!isMissingReference(error)) throw error;
      for (const data of rows) await this.#keepUnlessGone(data);
    }
    return this.find(viewer, made);
  }

  async #keepUnlessGone(data: ReturnType<typeof toRow>): Promise<void> {
    try {
      await this.prisma.coverDecision.createMany({ data, skipDuplicates: true });
    } catch (error) {
      if (!isMissingReference(error)) throw error;
    }
  }
}

function toRow(viewer: ViewerScope, { candidates, ...facts }: NewDecision) {
  const { userId, modelVersion, historyVersion } = viewer;
  return {
    ...{ userId, modelVersion, historyVersion },
    ...facts,
    candidateIds: candidates.map((candidate) => candidate.frameId),
    probabilities: candidates.map((candidate) => candidate.probability),
    interestWeights: candidates.map((candidate) => candidate.interestWeight),
  };
}

export function toDecision({ id, candidateIds, probabilities, interestWeights, ...row }: DecisionRow): CoverDecision {
  const candidates = candidateIds.map((frameId, position) => ({
    frameId,
    probability: probabilities[position] ?? 0,
    interestWeight: interestWeights[position] ?? 0,
  }));
  const { videoId, userId, frameId, basis, reason, modelVersion, historyVersion, decidedAt } = row;
  // Out of the list: a number comes back from an array and from a column with another last digit.
  const probability = candidates.find((candidate) => candidate.frameId === frameId)?.probability ?? row.probability;
  return {
    ...{ decisionId: id, videoId, userId, frameId, basis, reason, probability },
    ...{ modelVersion, historyVersion, decidedAt, candidates, diversified: false },
  };
}
