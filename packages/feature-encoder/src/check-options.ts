import { sideOf, type Refuse } from "./backbone-fields.js";
import type { PictureSize } from "./backbone.js";
import { EncoderOptionError } from "./errors.js";

/** Of a picture that is handed in: a frame of a 4K video still goes. */
const LARGEST_PICTURE_SIDE = 4096;
/** Pictures in one pass: many more take all memory, and are no faster. */
const LARGEST_BATCH = 256;

/** @throws EncoderOptionError naming the option and its limit */
export function checkOptions({ height, width }: PictureSize, batchSize: number): void {
  const refuse: Refuse = (option = "options", problem) => {
    throw new EncoderOptionError(option, problem);
  };
  sideOf(refuse, "picture.height", height, LARGEST_PICTURE_SIDE);
  sideOf(refuse, "picture.width", width, LARGEST_PICTURE_SIDE);
  if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > LARGEST_BATCH) {
    refuse("batchSize", `takes a whole number of pictures from 1 to ${LARGEST_BATCH}.`);
  }
}
