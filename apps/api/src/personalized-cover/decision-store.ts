import type { CoverDecision as DecisionRow, PrismaClient, Video } from "../generated/prisma/client.js";
import type { CoverDecision, DecisionScope } from "./cover-decision.js";

/** Decisions in Postgres: one for each scope, whoever comes first. */
export class DecisionStore {
  constructor(private readonly prisma: PrismaClient) {}

  findVideo(id: string): Promise<Video | null> {
    return this.prisma.video.findUnique({ where: { id } });
  }

  /** A viewer that was never seen is a newcomer: version 0, no likes. */
  async findViewer(id: string): Promise<{ readonly historyVersion: number; readonly hasLikes: boolean }> {
    const select = { historyVersion: true, likes: { select: { id: true }, take: 1 } };
    const viewer = await this.prisma.viewer.findUnique({ where: { id }, select });
    return { historyVersion: viewer?.historyVersion ?? 0, hasLikes: (viewer?.likes.length ?? 0) > 0 };
  }

  async find(scope: DecisionScope): Promise<CoverDecision | null> {
    const where = { userId_videoId_modelVersion_historyVersion_videoRevision_rulesRevision: scope };
    const row = await this.prisma.coverDecision.findUnique({ where });
    return row && toDecision(row);
  }

  /** Stores a decision, unless another caller was first; the answer is the one that is stored, for everyone. */
  async keep(
    scope: DecisionScope,
    made: Pick<CoverDecision, "frameId" | "basis" | "reason" | "probability" | "candidates">,
  ): Promise<CoverDecision> {
    const { candidates, ...facts } = made;
    await this.prisma.viewer.createMany({ data: { id: scope.userId }, skipDuplicates: true });
    await this.prisma.coverDecision.createMany({
      data: {
        ...scope,
        ...facts,
        candidateIds: candidates.map((candidate) => candidate.frameId),
        probabilities: candidates.map((candidate) => candidate.probability),
        interestWeights: candidates.map((candidate) => candidate.interestWeight),
      },
      skipDuplicates: true,
    });
    const stored = await this.find(scope);
    if (stored === null) throw new Error("The decision was deleted while it was being made.");
    return stored;
  }
}

function toDecision({ id, candidateIds, probabilities, interestWeights, ...row }: DecisionRow): CoverDecision {
  const candidates = candidateIds.map((frameId, position) => ({
    frameId,
    probability: probabilities[position] ?? 0,
    interestWeight: interestWeights[position] ?? 0,
  }));
  // Out of the list: a number comes back from an array and from a column with another last digit.
  const probability = candidates.find((candidate) => candidate.frameId === row.frameId)?.probability ?? row.probability;
  return { decisionId: id, ...row, probability, candidates };
}
