import type { ImageHash } from "@facet/domain";
import type { FrameScores } from "@facet/interest-attention";
import { decideCover } from "./decide-cover.js";
import type { Choice, ScoredCandidate } from "./cover-decision.js";
import { softmax } from "./softmax.js";

/** A candidate frame of the video that a cover is chosen for. */
export interface Candidate {
  readonly id: string;
  readonly timestampMs: number;
  /** 0..1 */
  readonly qualityScore: number;
  readonly imageHash: ImageHash;
}

/** Chooses by the quality of the pictures alone: for a viewer of whom nothing is known, and where the scorer has no answer. */
export function chooseByQuality(frames: readonly Candidate[]): Choice {
  const probabilities = softmax(frames.map((frame) => frame.qualityScore));
  return choose(frames, probabilities, () => 0);
}

/**
 * Chooses the frame that the owner fixed. What every candidate is given is its quality, as where the choice rests on that.
 *
 * @throws Error where the frame is no candidate: the rules have changed since they were read
 */
export function choosePinned(frames: readonly Candidate[], frameId: string): Choice {
  const choice = chooseByQuality(frames);
  const pinned = choice.candidates.find((candidate) => candidate.frameId === frameId);
  if (pinned === undefined) throw new Error("The pinned frame is no candidate of its video any more.");
  return { ...choice, frameId, probability: pinned.probability };
}

/**
 * Chooses by what the viewer likes (claims 1 to 4).
 *
 * @param scores of the frames, in their order
 */
export function chooseByInterest(frames: readonly Candidate[], scores: FrameScores | undefined): Choice {
  if (scores === undefined) throw new Error("The scorer gave no scores.");
  const { interestWeights, probabilities } = scores;
  return choose(frames, [...probabilities], (position) => valueAt(interestWeights, position));
}

function choose(
  frames: readonly Candidate[],
  probabilities: readonly number[],
  weightAt: (position: number) => number,
): Choice {
  const scored = frames.map((frame, position) => ({
    frameId: frame.id,
    timestampMs: frame.timestampMs,
    interestWeight: weightAt(position),
    probability: valueAt(probabilities, position),
  }));
  const cover = decideCover(scored);
  const candidates = scored
    .toSorted((a, b) => a.timestampMs - b.timestampMs)
    .map(({ frameId, interestWeight, probability }): ScoredCandidate => ({ frameId, interestWeight, probability }));
  return { frameId: cover.frameId, probability: cover.probability, candidates };
}

/** A score that is not there or is no number would make a wrong cover without a word. */
function valueAt(values: ArrayLike<number>, position: number): number {
  const value = values[position];
  if (value === undefined || !Number.isFinite(value)) throw new Error(`The scorer gave frame ${position} no number.`);
  return value;
}
