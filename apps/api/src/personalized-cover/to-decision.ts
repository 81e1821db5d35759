import type { CoverDecision as DecisionRow } from "../generated/prisma/client.js";
import type { CoverDecision } from "./cover-decision.js";

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
