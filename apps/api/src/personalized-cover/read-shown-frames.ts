import { CandidateFrameGoneError, type CandidateFrameLoaders } from "../candidate-frame/candidate-frame-loaders.js";
import type { CoverDecision } from "./cover-decision.js";

/** Which frames of a cover an answer shows. */
export type ShownFrames = "CHOSEN" | "ALL";

/**
 * Reads the frames that covers show, for the whole request: whoever asks for one of them later is given what was read here.
 *
 * @returns the covers all of whose shown frames are there. Of the others the source was replaced, or the video deleted,
 *   since they were decided: their decisions went with the frames
 */
export async function readShownFrames(
  loader: CandidateFrameLoaders["byId"],
  covers: readonly CoverDecision[],
  shown: ShownFrames,
): Promise<ReadonlySet<CoverDecision>> {
  const idsOf = ({ frameId, candidates }: CoverDecision): readonly string[] =>
    shown === "CHOSEN" ? [frameId] : [frameId, ...candidates.map((candidate) => candidate.frameId)];
  const whole = new Set<CoverDecision>();
  const read = async (cover: CoverDecision): Promise<void> => {
    // Read along with the decision, as of the same moment.
    if (shown === "CHOSEN" && cover.shown?.frame.id === cover.frameId) return void whole.add(cover);
    const frames = await loader.loadMany(idsOf(cover));
    const faults = frames.filter((frame) => frame instanceof Error);
    const other = faults.find((fault) => !(fault instanceof CandidateFrameGoneError));
    if (other !== undefined) throw other;
    if (faults.length === 0) whole.add(cover);
  };
  await Promise.all(covers.map(read));
  return whole;
}
