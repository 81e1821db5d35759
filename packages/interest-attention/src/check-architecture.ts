import { ABLATIONS, type Architecture } from "./architecture.js";
import { ModelFilesError } from "./errors.js";

/** Far beyond any scorer that would be trained, and few enough that lists of them are nothing to speak of. */
const LARGEST_SIZE = 65_536;

/** The least that each size may be. */
const LEAST: Readonly<Record<string, number>> = {
  featureWidth: 1,
  pictureKinds: 1,
  embeddingWidth: 1,
  residualRank: 0,
  projectionWidth: 1,
  appearanceWidth: 0,
  units: 1,
  salienceHeads: 1,
  categories: 1,
};

/**
 * Whether it is an architecture, before anything is planned by it: what is planned takes memory by its sizes, which may
 * have come with a model from anywhere.
 *
 * @throws ModelFilesError naming the size and its limits
 */
export function checkArchitecture(found: unknown): Architecture {
  if (!isRecord(found) || !hasChoices(found)) {
    throw new ModelFilesError("model.json", "its architecture is incomplete or no scorer's.");
  }
  for (const [size, least] of Object.entries(LEAST)) {
    const number = found[size];
    if (typeof number === "number" && Number.isInteger(number) && number >= least && number <= LARGEST_SIZE) continue;
    throw new ModelFilesError(
      "model.json",
      `"${size}" of its architecture takes a whole number from ${least} to ${LARGEST_SIZE}.`,
    );
  }
  return found as unknown as Architecture; // every part was looked at
}

function hasChoices(found: Readonly<Record<string, unknown>>): boolean {
  return (
    (found["description"] === "sequence" || found["description"] === "lastState") &&
    (found["relations"] === "none" || found["relations"] === "similarities") &&
    typeof found["carriesInputs"] === "boolean" &&
    (found["without"] === undefined || isListOfAblations(found["without"]))
  );
}

function isListOfAblations(found: unknown): boolean {
  return Array.isArray(found) && found.every((part) => ABLATIONS.some((known) => known === part));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
