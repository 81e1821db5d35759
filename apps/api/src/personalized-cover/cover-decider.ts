import type { InterestAttentionScorer } from "@facet/interest-attention";
import type { CandidateReader } from "./candidate-reader.js";
import type { Choice, CoverDecision, ViewerScope, VideoScope } from "./cover-decision.js";
import type { CoverGrounds, FallbackGrounds } from "./cover-grounds.js";
import type { DecisionStore } from "./decision-store.js";
import type { HistoryDescriptions } from "./history-descriptions.js";
import { chooseByInterest, chooseByQuality, choosePinned, type Candidate } from "./rank-candidates.js";

/** A video that a cover is to be decided for, and what it will rest on. */
export type CoverCase = VideoScope & { readonly grounds: CoverGrounds };

export interface CoverDeciderParts {
  readonly decisions: Pick<DecisionStore, "keep">;
  readonly candidates: Pick<CandidateReader, "read" | "readFeatures">;
  readonly descriptions: Pick<HistoryDescriptions, "describe">;
  readonly scorer: Pick<InterestAttentionScorer, "scoreFrames">;
}

/** Makes decisions and keeps them: of each at most one at a time, however many callers ask. */
export class CoverDecider {
  /** Decisions being made: who asks the same meanwhile waits for the same. */
  readonly #inWork = new Map<string, Promise<CoverDecision>>();

  constructor(private readonly parts: CoverDeciderParts) {}

  /**
   * Decides for many videos in one pass: one description, one batch of scores, one statement that keeps them.
   *
   * @param cases of different videos
   * @returns by video; each rejects where it cannot be decided
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
    const { decisions, candidates } = this.parts;
    const framesOf = await candidates.read(cases.map(({ videoId }) => videoId));
    const sets = cases.flatMap((one) => {
      const frames = framesOf.get(one.videoId);
      return frames === undefined ? [] : [{ ...one, frames }];
    });
    const choices = await this.#choose(viewer, sets);
    const made = sets.flatMap(({ grounds, videoId, videoRevision, rulesRevision }, position) => {
      const choice = choices[position];
      return choice === undefined ? [] : [{ videoId, videoRevision, rulesRevision, ...grounds, ...choice }];
    });
    return decisions.keep(viewer, made);
  }

  async #choose(viewer: ViewerScope, sets: readonly CandidateSet[]): Promise<Choice[]> {
    const { candidates, descriptions, scorer } = this.parts;
    if (sets.every(({ grounds }) => grounds.basis !== "PERSONALIZED")) return sets.map(chooseUnscored);
    const [description, features] = await Promise.all([
      descriptions.describe(viewer),
      candidates.readFeatures(sets.flatMap(({ frames }) => frames)),
    ]);
    let taken = 0;
    const requests = sets.map(({ frames }) => ({
      frames: features.slice(taken, (taken += frames.length)),
      description,
    }));
    const scores = await scorer.scoreFrames(requests);
    return sets.map(({ frames }, position) => chooseByInterest(frames, scores[position]));
  }
}

interface CandidateSet {
  readonly grounds: CoverGrounds | FallbackGrounds;
  readonly frames: readonly Candidate[];
}

/** The choice where no viewer's interest is asked for. */
export function chooseUnscored({ grounds, frames }: CandidateSet): Choice {
  return grounds.basis === "PINNED" ? choosePinned(frames, grounds.frameId) : chooseByQuality(frames);
}

function pick(made: ReadonlyMap<string, CoverDecision>, videoId: string): CoverDecision {
  const decision = made.get(videoId);
  if (decision === undefined) throw new Error("The video or the viewer was deleted while the cover was being decided.");
  return decision;
}
