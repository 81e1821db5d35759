import { randomUUID } from "node:crypto";
import type { UserId, VideoId } from "@facet/domain";
import type { InterestAttentionScorer } from "@facet/interest-attention";
import type { Logger } from "pino";
import type { CandidateReader } from "./candidate-reader.js";
import { chooseUnscored, type CoverCase, type CoverDecider } from "./cover-decider.js";
import type { CoverDecision, ViewerScope } from "./cover-decision.js";
import { findGrounds } from "./cover-grounds.js";
import type { DecisionStore } from "./decision-store.js";
import { withinBudget, type BudgetedResult } from "./time-budget.js";
import { findProblem, toApiError, videoNotFound, type VideoProblem } from "./video-problem.js";

export interface PersonalizedCoverParts {
  readonly decisions: Pick<DecisionStore, "findVideos" | "findViewer" | "find">;
  readonly decider: Pick<CoverDecider, "decide">;
  readonly candidates: Pick<CandidateReader, "read">;
  readonly scorer: Pick<InterestAttentionScorer, "modelVersion">;
  /** How long a caller waits for personal covers, in milliseconds. */
  readonly timeBudgetMs: number;
  readonly log: Logger;
}

/** What a page holds for a video. */
export type PageItem =
  | { readonly kind: "cover"; readonly cover: CoverDecision }
  | { readonly kind: "problem"; readonly problem: VideoProblem };

/** The one question that all of this is for: which frame of each of these videos for this viewer? */
export class PersonalizedCoverService {
  constructor(private readonly parts: PersonalizedCoverParts) {}

  /**
   * The stored decision, or a new one, or where that fails or takes too long, the best cover by quality.
   *
   * @throws ApiError VIDEO_NOT_FOUND, VIDEO_NOT_READY
   */
  async choose(videoId: VideoId, userId: UserId): Promise<CoverDecision> {
    const [item] = await this.choosePage([videoId], userId);
    if (item?.kind === "cover") return item.cover;
    throw toApiError(item?.problem ?? videoNotFound(videoId));
  }

  /** For each video what `choose` would answer, in the order asked. A video asked for twice is given the same cover twice. */
  async choosePage(videoIds: readonly VideoId[], userId: UserId): Promise<PageItem[]> {
    const { decisions, scorer } = this.parts;
    const [videos, viewer] = await Promise.all([
      decisions.findVideos([...new Set(videoIds)]),
      decisions.findViewer(userId),
    ]);
    const problems = new Map<string, VideoProblem>();
    const cases: CoverCase[] = [];
    for (const videoId of new Set(videoIds)) {
      const video = videos.get(videoId);
      const problem = video === undefined ? videoNotFound(videoId) : findProblem(video);
      if (problem !== undefined) problems.set(videoId, problem);
      else if (video !== undefined) {
        const { revision: videoRevision, rulesRevision } = video;
        cases.push({ videoId, videoRevision, rulesRevision, grounds: findGrounds(viewer) });
      }
    }
    const { historyVersion } = viewer;
    const covers = await this.#decide({ userId, modelVersion: scorer.modelVersion, historyVersion }, cases);
    return videoIds.map((videoId) => {
      const cover = covers.get(videoId);
      if (cover !== undefined) return { kind: "cover", cover };
      return { kind: "problem", problem: problems.get(videoId) ?? videoNotFound(videoId) };
    });
  }

  /** By video; one that was deleted meanwhile is left out. */
  async #decide(viewer: ViewerScope, cases: readonly CoverCase[]): Promise<ReadonlyMap<string, CoverDecision>> {
    const { decisions, decider, timeBudgetMs } = this.parts;
    if (cases.length === 0) return new Map();
    const covers = new Map(await decisions.find(viewer, cases));
    const open = cases.filter(({ videoId }) => !covers.has(videoId));
    const work = decider.decide(viewer, open);
    const undecided: Undecided[] = [];
    const settle = async (one: CoverCase): Promise<void> => {
      const result = await withinBudget(timeBudgetMs, work.get(one.videoId) ?? Promise.reject(new Error("No work.")));
      if (result.kind === "done") covers.set(one.videoId, result.value);
      else undecided.push({ one, result });
    };
    await Promise.all(open.map(settle));
    if (undecided.length > 0) await this.#fallBack(viewer, undecided, covers);
    return covers;
  }

  /** Nobody is left without a picture: what was not decided is chosen by quality, and not kept. */
  async #fallBack(
    viewer: ViewerScope,
    undecided: readonly Undecided[],
    covers: Map<string, CoverDecision>,
  ): Promise<void> {
    this.#tell(undecided);
    const framesOf = await this.parts.candidates.read(undecided.map(({ one }) => one.videoId));
    for (const { one, result } of undecided) {
      const frames = framesOf.get(one.videoId);
      if (frames === undefined) continue;
      const failed = { basis: "QUALITY", reason: result.kind === "late" ? "TIME_BUDGET" : "SCORER_FAILED" } as const;
      const grounds = one.grounds.basis === "PERSONALIZED" ? failed : one.grounds;
      const made = { decisionId: randomUUID(), decidedAt: new Date(), diversified: false };
      const { videoId } = one;
      covers.set(videoId, { ...made, videoId, ...viewer, ...grounds, ...chooseUnscored({ frames }) });
    }
  }

  #tell(undecided: readonly Undecided[]): void {
    const { log, timeBudgetMs } = this.parts;
    const videoIds = undecided.map(({ one }) => one.videoId);
    const error = undecided.flatMap(({ result }) => (result.kind === "failed" ? [result.error] : []))[0];
    if (error !== undefined) log.error({ err: error, videoIds }, "deciding failed: covers are by quality");
    else log.warn({ videoIds, timeBudgetMs }, "deciding took too long: covers are by quality");
  }
}

/** A case that came to no decision, and why. */
interface Undecided {
  readonly one: CoverCase;
  readonly result: Exclude<BudgetedResult<CoverDecision>, { kind: "done" }>;
}
