import type { CandidateFrameLoaders } from "../candidate-frame/candidate-frame-loaders.js";
import type { CoverDecision } from "./cover-decision.js";
import { readShownFrames, type ShownFrames } from "./read-shown-frames.js";

/** More than once in a row a source is hardly replaced between two statements. */
const TRIES = 3;

/**
 * Chooses covers and reads the frames that they show. Between the two a source may have been replaced: the frames of its
 * cover are gone then, and all is chosen once more, from those that came in their place.
 *
 * @param coversOf the covers in what was chosen
 */
export async function chooseShown<Chosen>(
  loader: CandidateFrameLoaders["byId"],
  shown: ShownFrames,
  choose: () => Promise<Chosen>,
  coversOf: (chosen: Chosen) => readonly CoverDecision[],
): Promise<Chosen> {
  for (let tried = 1; ; tried++) {
    const chosen = await choose();
    const covers = coversOf(chosen);
    const whole = await readShownFrames(loader, covers, shown);
    if (covers.every((cover) => whole.has(cover)) || tried === TRIES) return chosen;
  }
}
