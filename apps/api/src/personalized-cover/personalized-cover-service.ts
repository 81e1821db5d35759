import { randomUUID } from "node:crypto";
import { InvalidIdError, parseUserId, parseVideoId, type UserId, type VideoId } from "@facet/domain";
import type { InterestAttentionScorer } from "@facet/interest-attention";
import type { Logger } from "pino";
import type { CandidateReader } from "./candidate-reader.js";
import type { CoverDiversifier } from "./cover-diversifier.js";
import {
  chooseUnscored,
  holdsWithoutScore,
  ScopeChangedError,
  TurnTooLateError,
  type CoverCase,
  type CoverDecider,
} from "./cover-decider.js";
import type { CoverDecision, VideoScope, ViewerScope } from "./cover-decision.js";
import { findGrounds } from "./cover-grounds.js";
import type { DecisionStore } from "./decision-store.js";
import { withinBudget, type BudgetedResult } from "../time-budget.js";
import { findProblem, toApiError, videoNotFound, type VideoProblem } from "./video-problem.js";

export interface PersonalizedCoverParts {
  readonly decisions: Pick<DecisionStore, "read">;
  readonly decider: Pick<CoverDecider, "decide">;
  readonly candidates: Pick<CandidateReader, "read">;
  readonly diversifier: Pick<CoverDiversifier, "diversify">;
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

  /**
   * For each video what `choose` would answer, in the order asked. A video asked for twice is given the same cover twice.
   *
   * @param diversity 0..1: above 0, covers that look alike may show another frame; such a pick is not kept
   */
  async choosePage(videoIds: readonly string[], userId: UserId, diversity = 0): Promise<PageItem[]> {
    const startedAt = performance.now();
    const { problems, viewer, cases, known } = await this.#look([...new Set(videoIds)], userId);
    const decided = await this.#decide(viewer, cases, known);
    const leftMs = this.parts.timeBudgetMs - (performance.now() - startedAt);
    const covers = diversity === 0 ? decided : await this.#diversify(decided, diversity, leftMs);
    return videoIds.map((videoId) => {
      const cover = covers.get(videoId);
      if (cover !== undefined) return { kind: "cover", cover };
      return { kind: "problem", problem: problems.get(videoId) ?? videoNotFound(videoId) };
    });
  }

  /** Which of the videos can have a cover, and what is the matter with the others. */
  async #look(videoIds: readonly string[], userId: UserId): Promise<Outlook> {
    const { decisions, scorer } = this.parts;
    const problems = new Map<string, VideoProblem>();
    const sound = videoIds.filter((videoId) => {
      const fault = findFault(videoId);
      if (fault !== undefined) problems.set(videoId, videoNotFound(videoId, fault));
      return fault === undefined;
    });
    const { modelVersion } = scorer;
    const { viewer, videos, decisions: known } = await decisions.read(userId, sound, modelVersion);
    const cases = sound.flatMap((videoId): CoverCase[] => {
      const video = videos.get(videoId);
      const problem = video === undefined ? videoNotFound(videoId) : findProblem(video);
      if (problem !== undefined) problems.set(videoId, problem);
      if (video === undefined || problem !== undefined) return [];
      const { revision: videoRevision, rulesRevision } = video;
      return [{ videoId, videoRevision, rulesRevision, grounds: findGrounds(viewer, video) }];
    });
    const { historyVersion, since: viewerSince } = viewer;
    return { problems, cases, known, viewer: { userId, viewerSince, modelVersion, historyVersion } };
  }

  /** By video, in the order of the cases; one that was deleted meanwhile is left out. */
  async #decide(viewer: ViewerScope, cases: readonly CoverCase[], known: CoversOfPage): Promise<CoversOfPage> {
    const open = cases.filter(({ videoId }) => !known.has(videoId));
    const covers = open.length === 0 ? known : await this.#decideOpen(viewer, open, known);
    return new Map(cases.flatMap(({ videoId }) => entryOf(covers, videoId)));
  }

  async #decideOpen(viewer: ViewerScope, open: readonly CoverCase[], known: CoversOfPage): Promise<CoversOfPage> {
    const { timeBudgetMs } = this.parts;
    const covers = new Map(known);
    const endsAt = performance.now() + timeBudgetMs;
    const undecided = await this.#settle(viewer, open, covers, timeBudgetMs);
    const left = await this.#settleAnew(viewer, undecided, covers, endsAt);
    if (left.length > 0) await this.#fallBack(viewer, left, covers);
    return covers;
  }

  /** Adds what is decided in time to the covers. Gives what is not. */
  async #settle(
    viewer: ViewerScope,
    open: readonly CoverCase[],
    covers: Map<string, CoverDecision>,
    budgetMs: number,
  ): Promise<Undecided[]> {
    const work = this.parts.decider.decide(viewer, open);
    const undecided: Undecided[] = [];
    const settle = async (one: CoverCase): Promise<void> => {
      const result = await withinBudget(budgetMs, work.get(one.videoId) ?? Promise.reject(new Error("No work.")));
      if (result.kind === "done") covers.set(one.videoId, result.value);
      else undecided.push({ one, result: isTurnTooLate(result) ? { kind: "late" } : result });
    };
    await Promise.all(open.map(settle));
    return undecided;
  }

  /**
   * Decides anew what failed because frames, rules or likes became others in the middle of it, for as long as they do and
   * somebody waits: until `endsAt`, by `performance.now`. What failed with all of them as they were would fail again.
   */
  async #settleAnew(
    viewer: ViewerScope,
    undecided: readonly Undecided[],
    covers: Map<string, CoverDecision>,
    endsAt: number,
  ): Promise<readonly Undecided[]> {
    const failed = undecided.filter(({ result }) => result.kind === "failed").map(({ one }) => one);
    if (failed.length === 0) return undecided;
    if (performance.now() >= endsAt) return undecided.map(withoutChange);
    const former = new Map(failed.map((one) => [one.videoId, scopeKey(viewer, one)]));
    // Not out of memory: there, a video without a decision is looked for in the database.
    const { viewer: present, cases, known } = await this.#look([...former.keys()], parseUserId(viewer.userId));
    for (const [videoId, decision] of known) covers.set(videoId, decision);
    const open = cases.filter(({ videoId }) => !known.has(videoId));
    const changed = open.filter((one) => former.get(one.videoId) !== scopeKey(present, one));
    const failsAgain = new Set(open.filter((one) => !changed.includes(one)).map(({ videoId }) => videoId));
    const left = undecided.filter(({ one, result }) => result.kind !== "failed" || failsAgain.has(one.videoId));
    const again = await this.#settle(present, changed, covers, endsAt - performance.now());
    return [...left, ...(await this.#settleAnew(present, again, covers, endsAt))];
  }

  /** Nobody is left without a picture: what was not decided is chosen by quality, and not kept. */
  async #fallBack(
    viewer: ViewerScope,
    undecided: readonly Undecided[],
    covers: Map<string, CoverDecision>,
  ): Promise<void> {
    this.#tell(undecided);
    const { userId, modelVersion, historyVersion } = viewer;
    const framesOf = await this.parts.candidates.read(undecided.map(({ one }) => one.videoId));
    for (const { one, result } of undecided) {
      const frames = framesOf.get(one.videoId);
      if (frames === undefined) continue;
      const failed = { basis: "QUALITY", reason: result.kind === "late" ? "TIME_BUDGET" : "SCORER_FAILED" } as const;
      const grounds = holdsWithoutScore(one.grounds, frames) ? one.grounds : failed;
      const made = { decisionId: randomUUID(), decidedAt: new Date(), diversified: false };
      const { videoId } = one;
      covers.set(videoId, {
        ...made,
        videoId,
        userId,
        modelVersion,
        historyVersion,
        ...grounds,
        ...chooseUnscored({ grounds, frames }),
      });
    }
  }

  /** A page that shows alike pictures is better than one that comes late or not at all. */
  async #diversify(covers: CoversOfPage, diversity: number, budgetMs: number): Promise<CoversOfPage> {
    if (budgetMs <= 0 || covers.size < 2) return covers;
    const work = this.parts.diversifier.diversify([...covers.values()], diversity);
    const result = await withinBudget(budgetMs, work);
    if (result.kind === "done") return new Map(result.value.map((cover) => [cover.videoId, cover]));
    const error = result.kind === "failed" ? result.error : undefined;
    this.parts.log.warn({ err: error, result: result.kind }, "the page was not diversified");
    return covers;
  }

  #tell(undecided: readonly Undecided[]): void {
    const { log, timeBudgetMs } = this.parts;
    const videoIds = undecided.map(({ one }) => one.videoId);
    const error = undecided.flatMap(({ result }) => (result.kind === "failed" ? [result.error] : []))[0];
    if (error !== undefined) log.error({ err: error, videoIds }, "deciding failed: covers are by quality");
    else log.warn({ videoIds, timeBudgetMs }, "deciding took too long: covers are by quality");
  }
}

/** What a decision holds for: with another key it is another decision. */
function scopeKey({ historyVersion, viewerSince }: ViewerScope, { videoRevision, rulesRevision }: VideoScope): string {
  return JSON.stringify([viewerSince, historyVersion, videoRevision, rulesRevision]);
}

type CoversOfPage = ReadonlyMap<string, CoverDecision>;

interface Outlook {
  /** By video. */
  readonly problems: ReadonlyMap<string, VideoProblem>;
  readonly viewer: ViewerScope;
  readonly cases: readonly CoverCase[];
  /** What is decided already. */
  readonly known: CoversOfPage;
}

/** What makes a text no id that a video can have: on a page that is a video that is not found. */
function findFault(videoId: string): string | undefined {
  try {
    parseVideoId(videoId);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidIdError) return error.message;
    throw error;
  }
}

function entryOf<Value>(map: ReadonlyMap<string, Value>, key: string): [string, Value][] {
  const value = map.get(key);
  return value === undefined ? [] : [[key, value]];
}

/** Of a decision that another caller had asked for before. */
function isTurnTooLate(result: BudgetedResult<unknown>): boolean {
  return result.kind === "failed" && result.error instanceof TurnTooLateError;
}

/** What kept changing for as long as anybody waited did not fail: there was no time for it. */
function withoutChange({ one, result }: Undecided): Undecided {
  const isChange = result.kind === "failed" && result.error instanceof ScopeChangedError;
  return { one, result: isChange ? { kind: "late" } : result };
}

/** A case that came to no decision, and why. */
interface Undecided {
  readonly one: CoverCase;
  readonly result: Exclude<BudgetedResult<CoverDecision>, { kind: "done" }>;
}
