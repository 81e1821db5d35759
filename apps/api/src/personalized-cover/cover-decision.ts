import type { CoverBasis, CoverReason } from "@facet/domain";

/** What a candidate frame was given for a viewer. */
export interface ScoredCandidate {
  readonly frameId: string;
  /** 0 where the scorer was not asked. */
  readonly interestWeight: number;
  /** 0..1; those of all candidates sum to 1 */
  readonly probability: number;
}

/** A cover as decided, and what it rests on. */
export interface CoverDecision {
  readonly decisionId: string;
  readonly videoId: string;
  readonly userId: string;
  readonly frameId: string;
  readonly basis: CoverBasis;
  readonly reason: CoverReason;
  /** Of the chosen frame, 0..1. */
  readonly probability: number;
  readonly modelVersion: string;
  readonly decidedAt: Date;
  /** By time. */
  readonly candidates: readonly ScoredCandidate[];
}

/** What a decision holds for: with any of these changed, the next query decides anew. */
export interface DecisionScope {
  readonly videoId: string;
  readonly userId: string;
  readonly modelVersion: string;
  readonly historyVersion: number;
  readonly videoRevision: number;
  readonly rulesRevision: number;
}
