import type { CoverBasis, CoverReason } from "@facet/domain";
import type { CandidateFrameRecord } from "../candidate-frame/candidate-frame-record.js";
import type { Video } from "../generated/prisma/client.js";

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
  /** The state of the viewer's likes that it was decided for. */
  readonly historyVersion: number;
  readonly decidedAt: Date;
  /** By time. */
  readonly candidates: readonly ScoredCandidate[];
  /** Whether the frame is another than the most probable one, because of what else its page shows. Such a pick is never kept. */
  readonly diversified: boolean;
  /** What was read together with the decision, so that nobody need ask for it again. */
  readonly shown?: ShownRows;
}

/** The rows that a cover shows, as they are stored. */
export interface ShownRows {
  readonly video: Video;
  readonly frame: CandidateFrameRecord;
}

/** The part of a decision that the candidates decide. */
export type Choice = Pick<CoverDecision, "frameId" | "probability" | "candidates">;

/** For whom and by what: the same for all covers of a page. */
export interface ViewerScope {
  readonly userId: string;
  /** When the viewer's row came into being; null where there is none yet. A viewer that was deleted begins anew at version 0. */
  readonly viewerSince: Date | null;
  readonly modelVersion: string;
  readonly historyVersion: number;
}

/** Of which video, in which state. */
export interface VideoScope {
  readonly videoId: string;
  readonly videoRevision: number;
  readonly rulesRevision: number;
}

/** What a decision holds for: with any of these changed, the next query decides anew. */
export type DecisionScope = ViewerScope & VideoScope;
