import type { Architecture } from "./architecture.js";
import { DescriptionError, DescriptionVersionError } from "./errors.js";
import type { ModelDescription } from "./model-description.js";
import { areWithinLimit, LARGEST_NUMBER } from "./number-limit.js";
import type { HistoryInterestDescription } from "./history-interest-description.js";
import { stateWidth } from "./weight-plan.js";

/**
 * Whether a description is as the model makes them: it may have been stored in between, and one that was cut short would
 * be wrong in silence, for all that share its batch.
 *
 * @param request number of the request that it came with, 0-based
 * @throws DescriptionVersionError, DescriptionError
 */
export function checkDescription(
  { modelVersion, architecture }: Pick<ModelDescription, "modelVersion" | "architecture">,
  description: HistoryInterestDescription,
  request: number,
): void {
  if (description.modelVersion !== modelVersion) {
    throw new DescriptionVersionError(description.modelVersion, modelVersion);
  }
  const { likedImages } = description;
  if (!Number.isInteger(likedImages) || likedImages < 1) {
    throw new DescriptionError(request, "likedImages", "is no number of liked images: it takes at least 1.");
  }
  const rows = keptStates(architecture, likedImages);
  checkPart(description, "states", rows * stateWidth(architecture), request);
  checkPart(description, "kindMean", architecture.featureWidth, request);
  // Of a last state nothing reads them.
  if (architecture.description === "sequence") {
    checkPart(description, "directions", rows * architecture.embeddingWidth, request);
  }
}

/** How many states a description has: one for each liked image, or only where the second recurrent unit ended. */
export function keptStates({ description }: Architecture, likedImages: number): number {
  return description === "sequence" ? likedImages : 1;
}

function checkPart(
  description: HistoryInterestDescription,
  part: "states" | "kindMean" | "directions",
  length: number,
  request: number,
): void {
  const numbers: unknown = description[part];
  if (!(numbers instanceof Float32Array)) throw new DescriptionError(request, part, "is no Float32Array.");
  if (numbers.length !== length) {
    throw new DescriptionError(request, part, `has ${numbers.length} numbers: it takes ${length}.`);
  }
  if (!areWithinLimit(numbers)) {
    const limit = LARGEST_NUMBER.toExponential();
    throw new DescriptionError(request, part, `holds a value that is no number from -${limit} to ${limit}.`);
  }
}
