import { splitCollections } from "../episodes/split-interests.js";
import { PhotosError } from "../photos/errors.js";
import type { PhotoCollection } from "../photos/photo.js";
import { RECIPE } from "./recipe.js";

export interface PhotoParts {
  readonly training: readonly PhotoCollection[];
  readonly validation: readonly PhotoCollection[];
  /** Both: all but what `evaluate --held-out` judges on. */
  readonly known: readonly PhotoCollection[];
}

/**
 * Test interests are set aside first; validation is cut from the rest.
 *
 * @throws PhotosError where too few are left
 */
export function partInterests(collections: readonly PhotoCollection[]): PhotoParts {
  const { training: known, test: heldOut } = splitCollections(collections);
  const { training, test: validation } = splitCollections(known, {
    testShare: RECIPE.validationShare,
    seed: RECIPE.validationSeed,
    fewestTest: RECIPE.fewestValidationInterests,
  });
  const most = (part: readonly PhotoCollection[]) => Math.max(0, ...part.map(({ interests }) => interests.length));
  if (collections.length > 0 && (most(training) < 2 || most(validation) < 2)) {
    throw new PhotosError(
      `There are too few interests: of ${count(collections)}, ${count(heldOut)} are held out for \`evaluate --held-out\` ` +
        `and ${count(validation)} for validation, and ${count(training)} are left to train on. Each part takes 2 of one ` +
        `folder: give about 8 interests or more.`,
    );
  }
  return { training, validation, known };
}

function count(collections: readonly PhotoCollection[]): number {
  return collections.reduce((sum, { interests }) => sum + interests.length, 0);
}
