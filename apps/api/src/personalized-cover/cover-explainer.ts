import { parseImageHash, type ImageHash } from "@facet/domain";
import type { InterestAttentionScorer } from "@facet/interest-attention";
import type { LikedImageRecord } from "../liked-image/liked-image-records.js";
import type { CandidateReader } from "./candidate-reader.js";
import type { CoverDecision } from "./cover-decision.js";
import type { DecisionStore } from "./decision-store.js";
import { describeLeavingOut, measureFalls } from "./leave-one-out.js";
import { chooseByQuality, type Candidate } from "./rank-candidates.js";

/** What a liked image did for a cover. */
export interface LikedImageContribution {
  readonly likedImage: LikedImageRecord;
  /** Of the cover's frame: its probability, less what it would be had the viewer not liked the image. -1..1 */
  readonly probabilityFall: number;
}

export interface CoverExplainerParts {
  readonly decisions: Pick<DecisionStore, "findViewer">;
  readonly candidates: Pick<CandidateReader, "read" | "readFeatures">;
  readonly scorer: Pick<InterestAttentionScorer, "describeHistories" | "scoreFrames" | "modelVersion">;
  /** The likes that decide, oldest first. */
  readonly readHistory: (userId: string) => Promise<readonly LikedImageRecord[]>;
  /** In the order of the pictures. */
  readonly readFeatures: (pictures: readonly ImageHash[]) => Promise<readonly Float32Array[]>;
}

/** Tells why covers show what they show: what would the absence of each liked image have changed? */
export class CoverExplainer {
  constructor(private readonly parts: CoverExplainerParts) {}

  /**
   * For each cover the viewer's liked images, those that speak most for its frame first; none where the cover is not
   * personalized. Undefined where it can no longer be told: the likes, the model or the frames are others by now.
   */
  async explain(covers: readonly CoverDecision[]): Promise<(readonly LikedImageContribution[] | undefined)[]> {
    const told = new Map<CoverDecision, readonly LikedImageContribution[]>();
    for (const ofViewer of groupByHistory(covers.filter(isPersonalized))) await this.#explainOfViewer(ofViewer, told);
    return covers.map((cover) => (isPersonalized(cover) ? told.get(cover) : []));
  }

  /** @param covers of one history */
  async #explainOfViewer(
    [first, ...others]: NonEmpty<CoverDecision>,
    told: Map<CoverDecision, readonly LikedImageContribution[]>,
  ): Promise<void> {
    const { decisions, candidates, scorer } = this.parts;
    const likes = await this.parts.readHistory(first.userId);
    // Behind the likes: a version that is still the decision's means that they are, too.
    const { historyVersion } = await decisions.findViewer(first.userId);
    if (historyVersion !== first.historyVersion || likes.length === 0) return;

    const present = [first, ...others].filter(({ modelVersion }) => modelVersion === scorer.modelVersion);
    const candidatesOf = await candidates.read(present.map(({ videoId }) => videoId));
    const sets = present.flatMap((cover) => {
      const frames = candidatesOf.get(cover.videoId) ?? [];
      return isDecidedFrom(cover, frames) ? [{ cover, frames }] : [];
    });
    const [history, features] = await Promise.all([
      this.parts.readFeatures(likes.map((like) => parseImageHash(like.imageHash))),
      candidates.readFeatures(sets.flatMap(({ frames }) => frames)),
    ]);
    const descriptions = await describeLeavingOut(scorer, history);
    let taken = 0;
    for (const { cover, frames } of sets) {
      const ofVideo = features.slice(taken, (taken += frames.length));
      const chosen = frames.findIndex(({ id }) => id === cover.frameId);
      const byQuality = chooseByQuality(frames).candidates[chosen]?.probability ?? NaN;
      const falls = await measureFalls(scorer, descriptions, ofVideo, chosen, byQuality);
      const contributions = likes.map((likedImage, place) => ({ likedImage, probabilityFall: falls[place] ?? NaN }));
      told.set(
        cover,
        contributions.toSorted((a, b) => b.probabilityFall - a.probabilityFall),
      );
    }
  }
}

type NonEmpty<Item> = readonly [Item, ...Item[]];

const isPersonalized = ({ basis }: CoverDecision): boolean => basis === "PERSONALIZED";

function isDecidedFrom(cover: CoverDecision, frames: readonly Candidate[]): boolean {
  const decided = cover.candidates.map(({ frameId }) => frameId);
  return frames.length === decided.length && frames.every(({ id }, place) => id === decided[place]);
}

/** A page is of one history; the decisions of a video are of many. */
function groupByHistory(covers: readonly CoverDecision[]): Iterable<NonEmpty<CoverDecision>> {
  const groups = new Map<string, [CoverDecision, ...CoverDecision[]]>();
  for (const cover of covers) {
    const key = JSON.stringify([cover.userId, cover.historyVersion]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [cover]);
    else group.push(cover);
  }
  return groups.values();
}
