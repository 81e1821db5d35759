import { parseImageHash, type ImageHash } from "@facet/domain";
import type { InterestAttentionScorer } from "@facet/interest-attention";
import type { LikedImageRecord } from "../liked-image/liked-image-records.js";
import type { StoredHistory } from "../liked-image/read-histories.js";
import type { CandidateReader } from "./candidate-reader.js";
import type { CoverDecision } from "./cover-decision.js";
import { describeLeavingOut, measureFalls, type LeftOutHistories } from "./leave-one-out.js";
import { chooseByQuality, type Candidate } from "./rank-candidates.js";

/** What a liked image did for a cover. */
export interface LikedImageContribution {
  readonly likedImage: LikedImageRecord;
  /** Of the cover's frame: its probability, less what it would be had the viewer not liked the image. -1..1 */
  readonly probabilityFall: number;
}

export interface CoverExplainerParts {
  readonly candidates: Pick<CandidateReader, "read">;
  readonly scorer: Pick<InterestAttentionScorer, "describeHistories" | "scoreFrames" | "modelVersion">;
  /** By viewer, the likes that decide. */
  readonly readHistories: (userIds: readonly string[]) => Promise<ReadonlyMap<string, StoredHistory>>;
  /** By picture; one that is gone is left out. */
  readonly findFeatures: (pictures: readonly ImageHash[]) => Promise<ReadonlyMap<ImageHash, Float32Array>>;
}

/** Tells why covers show what they show: what would the absence of each liked image have changed? */
export class CoverExplainer {
  constructor(private readonly parts: CoverExplainerParts) {}

  /**
   * For each cover the viewer's liked images, those that speak most for its frame first; none where the cover is not
   * personalized. Undefined where it can no longer be told: the likes, the model or the frames are others by now. What is
   * read for one cover is read for all of them, of however many viewers and videos.
   */
  async explain(covers: readonly CoverDecision[]): Promise<(readonly LikedImageContribution[] | undefined)[]> {
    const cases = await this.#findCases(covers.filter(isPersonalized));
    const features = await this.parts.findFeatures(cases.flatMap(picturesOf));
    const descriptions = new Map<StoredHistory, LeftOutHistories>();
    const told = new Map<CoverDecision, readonly LikedImageContribution[] | undefined>();
    for (const one of cases) told.set(one.cover, await this.#tell(one, features, descriptions));
    return covers.map((cover) => (isPersonalized(cover) ? told.get(cover) : []));
  }

  /** Those of the covers of which all that they were decided from is still what it was. */
  async #findCases(covers: readonly CoverDecision[]): Promise<ExplainedCase[]> {
    const { candidates, readHistories, scorer } = this.parts;
    const present = covers.filter(({ modelVersion }) => modelVersion === scorer.modelVersion);
    const [histories, candidatesOf] = await Promise.all([
      readHistories(present.map(({ userId }) => userId)),
      candidates.read(present.map(({ videoId }) => videoId)),
    ]);
    return present.flatMap((cover) => {
      const history = histories.get(cover.userId);
      const frames = candidatesOf.get(cover.videoId) ?? [];
      if (history?.version !== cover.historyVersion || history.likes.length === 0) return [];
      return isDecidedFrom(cover, frames) ? [{ cover, history, frames }] : [];
    });
  }

  /** Undefined where a picture went since the likes were read. */
  async #tell(
    { cover, history, frames }: ExplainedCase,
    features: ReadonlyMap<ImageHash, Float32Array>,
    descriptions: Map<StoredHistory, LeftOutHistories>,
  ): Promise<readonly LikedImageContribution[] | undefined> {
    const { scorer } = this.parts;
    const ofLikes = pick(features, history.likes.map(pictureOf));
    const ofFrames = pick(features, frames.map(pictureOf));
    if (ofLikes === undefined || ofFrames === undefined) return undefined;
    // Of a viewer the covers of a page share one.
    const described = descriptions.get(history) ?? (await describeLeavingOut(scorer, ofLikes));
    descriptions.set(history, described);
    const chosen = frames.findIndex(({ id }) => id === cover.frameId);
    const byQuality = chooseByQuality(frames).candidates[chosen]?.probability ?? NaN;
    const falls = await measureFalls(scorer, described, ofFrames, chosen, byQuality);
    const contributions = history.likes.map((likedImage, place) => {
      return { likedImage, probabilityFall: falls[place] ?? NaN };
    });
    return contributions.toSorted((a, b) => b.probabilityFall - a.probabilityFall);
  }
}

/** A cover that can be explained, and what it was decided from. */
interface ExplainedCase {
  readonly cover: CoverDecision;
  readonly history: StoredHistory;
  readonly frames: readonly Candidate[];
}

const isPersonalized = ({ basis }: CoverDecision): boolean => basis === "PERSONALIZED";

function isDecidedFrom(cover: CoverDecision, frames: readonly Candidate[]): boolean {
  const decided = cover.candidates.map(({ frameId }) => frameId);
  return frames.length === decided.length && frames.every(({ id }, place) => id === decided[place]);
}

const pictureOf = ({ imageHash }: { readonly imageHash: string }): ImageHash => parseImageHash(imageHash);

const picturesOf = ({ history, frames }: ExplainedCase): ImageHash[] => [...history.likes, ...frames].map(pictureOf);

/** All of them, or undefined. */
function pick<Key, Value>(found: ReadonlyMap<Key, Value>, keys: readonly Key[]): Value[] | undefined {
  const values = keys.flatMap((key) => found.get(key) ?? []);
  return values.length === keys.length ? values : undefined;
}
