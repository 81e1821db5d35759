import { randomUUID } from "node:crypto";
import type { UserId, VideoId } from "@facet/domain";
import type { InterestAttentionScorer } from "@facet/interest-attention";
import type { Logger } from "pino";
import type { CandidateReader } from "./candidate-reader.js";
import type { CoverDecision, DecisionScope } from "./cover-decision.js";
import type { DecisionStore } from "./decision-store.js";
import { videoNotFound, videoNotReady } from "./errors.js";
import type { HistoryDescriptions } from "./history-descriptions.js";
import { chooseByInterest, chooseByQuality, type Candidate, type Choice } from "./rank-candidates.js";
import { withinBudget } from "./time-budget.js";

export interface PersonalizedCoverParts {
  readonly decisions: Pick<DecisionStore, "findVideo" | "findViewer" | "find" | "keep">;
  readonly candidates: Pick<CandidateReader, "read" | "readFeatures">;
  readonly descriptions: Pick<HistoryDescriptions, "describe">;
  readonly scorer: Pick<InterestAttentionScorer, "scoreFrames" | "modelVersion">;
  /** How long a caller waits for a personal cover, in milliseconds. */
  readonly timeBudgetMs: number;
  readonly log: Logger;
}

/** The one question that all of this is for: which frame of this video for this viewer? */
export class PersonalizedCoverService {
  /** Decisions being made: who asks the same meanwhile waits for the same. */
  readonly #inWork = new Map<string, Promise<CoverDecision>>();

  constructor(private readonly parts: PersonalizedCoverParts) {}

  /**
   * The stored decision, or a new one, or where that fails or takes too long, the best cover by quality.
   *
   * @throws ApiError VIDEO_NOT_FOUND, VIDEO_NOT_READY
   */
  async choose(videoId: VideoId, userId: UserId): Promise<CoverDecision> {
    const { decisions, scorer, timeBudgetMs, log } = this.parts;
    const video = await decisions.findVideo(videoId);
    if (video === null) throw videoNotFound(videoId);
    if (video.status !== "READY") throw videoNotReady(video);

    const viewer = await decisions.findViewer(userId);
    const { modelVersion } = scorer;
    const { historyVersion } = viewer;
    const { revision: videoRevision, rulesRevision } = video;
    const scope: DecisionScope = { videoId, userId, modelVersion, historyVersion, videoRevision, rulesRevision };
    const stored = await decisions.find(scope);
    if (stored !== null) return stored;

    const result = await withinBudget(timeBudgetMs, this.#decideOnce(scope, viewer.hasLikes));
    if (result.kind === "done") return result.value;
    if (result.kind === "failed") log.error({ err: result.error, videoId }, "scoring failed: the cover is by quality");
    else log.warn({ videoId, timeBudgetMs }, "scoring took too long: the cover is by quality");

    const choice = chooseByQuality(await this.parts.candidates.read(videoId));
    const reason = result.kind === "late" ? "TIME_BUDGET" : "SCORER_FAILED";
    const made = { decisionId: randomUUID(), decidedAt: new Date() };
    return { ...made, videoId, userId, modelVersion, basis: "QUALITY", reason, ...choice };
  }

  #decideOnce(scope: DecisionScope, hasLikes: boolean): Promise<CoverDecision> {
    const key = JSON.stringify(Object.values(scope));
    const inWork = this.#inWork.get(key);
    if (inWork !== undefined) return inWork;

    const work = this.#decide(scope, hasLikes).finally(() => this.#inWork.delete(key));
    this.#inWork.set(key, work);
    return work;
  }

  async #decide(scope: DecisionScope, hasLikes: boolean): Promise<CoverDecision> {
    const { decisions, candidates } = this.parts;
    const frames = await candidates.read(scope.videoId);
    if (!hasLikes) return decisions.keep(scope, { basis: "QUALITY", reason: "NEW_VIEWER", ...chooseByQuality(frames) });
    return decisions.keep(scope, { basis: "PERSONALIZED", reason: "SCORED", ...(await this.#score(scope, frames)) });
  }

  async #score(scope: DecisionScope, frames: readonly Candidate[]): Promise<Choice> {
    const { candidates, descriptions, scorer } = this.parts;
    const [description, features] = await Promise.all([descriptions.describe(scope), candidates.readFeatures(frames)]);
    return chooseByInterest(scorer, frames, features, description);
  }
}
