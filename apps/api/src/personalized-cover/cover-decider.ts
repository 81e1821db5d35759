import type { InterestAttentionScorer } from "@facet/interest-attention";
import pLimit from "p-limit";
import { FeaturesLackingError } from "../image/features-lacking.js";
import type { FeatureStore } from "../image/feature-store.js";
import type { CandidateCache } from "./candidate-cache.js";
import type { CandidateReader } from "./candidate-reader.js";
import type { Choice, CoverDecision, ViewerScope, VideoScope } from "./cover-decision.js";
import type { CoverGrounds, FallbackGrounds } from "./cover-grounds.js";
import type { DecisionStore } from "./decision-store.js";
import type { HistoryDescriptions } from "./history-descriptions.js";
import { chooseByInterest, chooseByQuality, choosePinned, type Candidate } from "./rank-candidates.js";

/**
 * Pages, or single covers, that are scored at once by a process; the others wait in the order in which they were asked for.
 * More of them are decided no sooner, and whoever asks for what is stored waits behind a step of each. With fewer, the
 * scorer and Postgres would be left with nothing to do.
 */
export const SCORED_AT_ONCE = 4;

/** Those that wait for features that must be made first, which after a change of the encoder takes seconds. */
const FEATURES_MADE_AT_ONCE = 2;

/**
 * Thrown of a decision whose turn came when nobody waited for it any more. Made all the same, it would keep back those that
 * are waited for: under more than can be scored, every cover would come too late.
 */
export class TurnTooLateError extends Error {
  constructor(waitedMs: number) {
    super(`The turn came after ${Math.round(waitedMs)} ms.`);
  }
}

/** Thrown of a decision that fell between two states of what it was to rest on: nothing failed, and the present state has one. */
export class ScopeChangedError extends Error {
  constructor() {
    super("The video, its frames, its rules or the viewer became others, or went, while the cover was being decided.");
  }
}

/** A video that a cover is to be decided for, and what it will rest on. */
export type CoverCase = VideoScope & { readonly grounds: CoverGrounds };

export interface CoverDeciderParts {
  readonly decisions: Pick<DecisionStore, "keep">;
  readonly candidates: Pick<CandidateReader, "read">;
  readonly encodedCandidates: Pick<CandidateCache, "read">;
  readonly descriptions: Pick<HistoryDescriptions, "describe">;
  readonly scorer: Pick<InterestAttentionScorer, "scoreFrames">;
  /** Makes features that this encoder has not made yet. */
  readonly features: Pick<FeatureStore, "read">;
  /** How long callers wait, in milliseconds: what has not had its turn by then is not begun. */
  readonly timeBudgetMs: number;
}

/** Makes decisions and keeps them: of each at most one at a time, however many callers ask. */
export class CoverDecider {
  /** Decisions being made: who asks the same meanwhile waits for the same. */
  readonly #inWork = new Map<string, Promise<CoverDecision>>();
  readonly #turn = pLimit(SCORED_AT_ONCE);
  readonly #turnToMake = pLimit(FEATURES_MADE_AT_ONCE);

  constructor(private readonly parts: CoverDeciderParts) {}

  /**
   * Decides for many videos in one pass: one description, one batch of scores, one statement that keeps them.
   *
   * @param cases of different videos
   * @returns by video; each rejects where it cannot be decided: with TurnTooLateError where its turn came too late, with
   *          ScopeChangedError where what it rests on is no longer so
   */
  decide(viewer: ViewerScope, cases: readonly CoverCase[]): ReadonlyMap<string, Promise<CoverDecision>> {
    const keyOf = ({ videoId, videoRevision, rulesRevision }: CoverCase): string =>
      JSON.stringify([viewer, videoId, videoRevision, rulesRevision]);
    const fresh = cases.filter((one) => !this.#inWork.has(keyOf(one)));
    // Apart: what needs no score is not lost where scoring fails.
    for (const isScored of [true, false]) {
      const group = fresh.filter(({ grounds }) => (grounds.basis === "PERSONALIZED") === isScored);
      if (group.length === 0) continue;
      const work = this.#make(viewer, group);
      for (const one of group)
        this.#enter(
          keyOf(one),
          work.then((made) => pick(made, one.videoId)),
        );
    }
    return new Map(
      cases.flatMap((one) => {
        const work = this.#inWork.get(keyOf(one));
        return work === undefined ? [] : [[one.videoId, work]];
      }),
    );
  }

  #enter(key: string, work: Promise<CoverDecision>): void {
    const leave = (): void => void this.#inWork.delete(key);
    work.then(leave, leave);
    this.#inWork.set(key, work);
  }

  async #make(viewer: ViewerScope, cases: readonly CoverCase[]): Promise<ReadonlyMap<string, CoverDecision>> {
    const videoIds = cases.map(({ videoId }) => videoId);
    const isScored = cases.some(({ grounds }) => grounds.basis === "PERSONALIZED");
    if (!isScored) return this.#keepChosen(viewer, cases, await this.#readUnscored(videoIds));
    const askedAt = performance.now();
    const inTime = <Result>(work: () => Promise<Result>) => {
      const waitedMs = performance.now() - askedAt;
      if (waitedMs > this.parts.timeBudgetMs) throw new TurnTooLateError(waitedMs);
      return work();
    };
    const score = () =>
      this.#turn(() => inTime(async () => this.#keepChosen(viewer, cases, await this.#score(viewer, cases))));
    return this.#makingFeatures(score, inTime);
  }

  /** Does work again once the features that it lacked are made. */
  async #makingFeatures<Result>(
    work: () => Promise<Result>,
    inTime: (making: () => Promise<unknown>) => Promise<unknown>,
  ): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof FeaturesLackingError)) throw error;
      // Outside of the turn to score: whoever lacks nothing goes on.
      await this.#turnToMake(() => inTime(() => this.parts.features.read(error.hashes)));
      return work();
    }
  }

  #keepChosen(
    viewer: ViewerScope,
    cases: readonly CoverCase[],
    sets: ReadonlyMap<string, Choose>,
  ): Promise<ReadonlyMap<string, CoverDecision>> {
    const made = cases.flatMap(({ grounds, videoId, videoRevision, rulesRevision }) => {
      const choice = sets.get(videoId)?.(grounds);
      return choice === undefined ? [] : [{ videoId, videoRevision, rulesRevision, ...grounds, ...choice }];
    });
    return this.parts.decisions.keep(viewer, made);
  }

  async #readUnscored(videoIds: readonly string[]): Promise<ReadonlyMap<string, Choose>> {
    const framesOf = await this.parts.candidates.read(videoIds);
    return new Map(
      [...framesOf].map(([videoId, frames]) => [
        videoId,
        (grounds) => (holdsWithoutScore(grounds, frames) ? chooseUnscored({ grounds, frames }) : undefined),
      ]),
    );
  }

  /** What the viewer likes and what the videos hold are read at once. */
  async #score(viewer: ViewerScope, cases: readonly CoverCase[]): Promise<ReadonlyMap<string, Choose>> {
    const { encodedCandidates, descriptions, scorer } = this.parts;
    const read = [descriptions.describe(viewer), encodedCandidates.read(cases)] as const;
    const [description, framesOf] = await Promise.all(read).catch((error: unknown) => throwAllLacking(error, read));
    const sets = [...framesOf];
    if (sets.length === 0) return new Map();
    const scores = await scorer.scoreFrames(
      sets.map(([, frames]) => ({ frames: frames.map(({ feature }) => feature), description })),
    );
    return new Map(sets.map(([videoId, frames], place) => [videoId, () => chooseByInterest(frames, scores[place])]));
  }
}

/** Of what is read at once, likes and frames may lack features: all of them are to be made in one go. */
async function throwAllLacking(error: unknown, read: readonly Promise<unknown>[]): Promise<never> {
  if (!(error instanceof FeaturesLackingError)) throw error;
  const outcomes = await Promise.allSettled(read);
  const lacking = outcomes.flatMap((outcome) =>
    outcome.status === "rejected" && outcome.reason instanceof FeaturesLackingError ? outcome.reason.hashes : [],
  );
  throw new FeaturesLackingError([...new Set(lacking)]);
}

/** Makes the choice for a video whose frames were read; undefined where they are no longer those that the grounds name. */
type Choose = (grounds: CoverGrounds) => Choice | undefined;

interface CandidateSet {
  readonly grounds: CoverGrounds | FallbackGrounds;
  readonly frames: readonly Candidate[];
}

/** The choice where no viewer's interest is asked for. */
export function chooseUnscored({ grounds, frames }: CandidateSet): Choice {
  return grounds.basis === "PINNED" ? choosePinned(frames, grounds.frameId) : chooseByQuality(frames);
}

/** A pinned frame may have gone since it was read that it is pinned. */
export function holdsWithoutScore(
  grounds: CoverGrounds,
  frames: readonly Candidate[],
): grounds is Exclude<CoverGrounds, { basis: "PERSONALIZED" }> {
  if (grounds.basis === "PINNED") return frames.some((frame) => frame.id === grounds.frameId);
  return grounds.basis === "QUALITY";
}

function pick(made: ReadonlyMap<string, CoverDecision>, videoId: string): CoverDecision {
  const decision = made.get(videoId);
  if (decision === undefined) throw new ScopeChangedError();
  return decision;
}
