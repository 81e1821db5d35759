import { randomUUID } from "node:crypto";
import type { CandidateReader } from "./candidate-reader.js";
import type { CoverDecision } from "./cover-decision.js";
import { diversifyPage, lowestProbability, type CoverOption } from "./diversify-page.js";
import type { Candidate } from "./rank-candidates.js";

/** Frames of a cover that are looked at: who finds none unlike the others among them will not find one further down. */
const MAX_OPTIONS = 16;

interface FrameOption extends CoverOption {
  readonly frameId: string;
}

/** Keeps a page from showing pictures that look alike. Decisions stay as they are: what is picked instead is never kept. */
export class CoverDiversifier {
  constructor(private readonly candidates: Pick<CandidateReader, "read" | "readFeatures">) {}

  /**
   * @param covers of different videos, in the order of the page
   * @param diversity above 0, to 1
   * @returns the same covers in the same order, some of them with another frame
   */
  async diversify(covers: readonly CoverDecision[], diversity: number): Promise<CoverDecision[]> {
    const candidatesOf = await this.candidates.read(covers.map(({ videoId }) => videoId));
    const frames = covers.map((cover) => listOptions(cover, candidatesOf.get(cover.videoId) ?? [], diversity));
    const features = (await this.candidates.readFeatures(frames.flat())).values();
    const options = covers.map((cover, place): readonly FrameOption[] =>
      (frames[place] ?? []).map(({ id, probability }) => {
        const feature = features.next().value;
        if (feature === undefined) throw new Error(`A feature of video "${cover.videoId}" is missing.`);
        return { frameId: id, probability, direction: toUnitLength(feature) };
      }),
    );
    const picks = diversifyPage(options.filter(isNotEmpty), diversity).values();
    return covers.map((cover, place) => {
      // Whose frames are gone meanwhile takes no part.
      const pick = options[place]?.length ? picks.next().value : undefined;
      if (pick === undefined || pick.frameId === cover.frameId) return cover;
      const { frameId, probability } = pick;
      return { ...cover, decisionId: randomUUID(), decidedAt: new Date(), frameId, probability, diversified: true };
    });
  }
}

/** The frames that may stand in for a cover's own, which comes first. A cover that its owner pinned has no other. */
function listOptions(
  cover: CoverDecision,
  candidates: readonly Candidate[],
  diversity: number,
): (Candidate & { readonly probability: number })[] {
  const known = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  const lowest = cover.basis === "PINNED" ? Infinity : lowestProbability(cover.probability, diversity);
  const others = cover.candidates
    .filter(({ frameId, probability }) => frameId !== cover.frameId && probability >= lowest)
    .toSorted((a, b) => b.probability - a.probability);
  return [cover, ...others].slice(0, MAX_OPTIONS).flatMap(({ frameId, probability }) => {
    const candidate = known.get(frameId);
    return candidate === undefined ? [] : [{ ...candidate, probability }];
  });
}

function isNotEmpty(items: readonly FrameOption[]): items is readonly [FrameOption, ...FrameOption[]] {
  return items.length > 0;
}

function toUnitLength(feature: Float32Array): Float32Array {
  const length = Math.hypot(...feature);
  return length === 0 ? feature : feature.map((value) => value / length);
}
