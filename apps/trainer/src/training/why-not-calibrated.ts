import { isCoverKnown } from "../groups/training-group.js";
import { FEWEST_TO_CALIBRATE } from "./calibrate.js";
import type { TrainingPlan } from "./training-setup.js";

/** In words that follow "not calibrated:"; undefined where nothing stands in the way. */
export function whyNotCalibrated({ first: { validation }, knownBefore }: TrainingPlan): string | undefined {
  const { known, of } = knownBefore;
  if (known > 0) {
    return `the model that training went on from was trained on ${known} of the ${of} interests for validation, and would pass for surer than it is`;
  }
  const covers = validation.filter(isCoverKnown).length;
  if (covers === 0) return "no cover of a validation video is known";
  if (covers < FEWEST_TO_CALIBRATE) {
    return `the cover of ${covers} validation ${covers === 1 ? "group" : "groups"} is known, and it takes ${FEWEST_TO_CALIBRATE}`;
  }
  return undefined;
}
