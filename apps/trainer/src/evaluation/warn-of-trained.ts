import { labelOfCategory } from "../episodes/label-of-category.js";
import type { PhotoCollection } from "../photos/photo.js";

/**
 * What is to be said where a scorer is judged on interests that it was trained on: it knows them. They are told by their
 * names, as `split-interests.ts` does: two folders of cats are one thing to learn.
 *
 * @param heldOut    whether it is judged on interests that a training on these folders holds out
 * @param categories what the scorer was trained to tell apart, now or before
 * @returns undefined where none of them is judged
 */
export function warnOfTrained(
  method: string,
  categories: readonly string[],
  judged: readonly PhotoCollection[],
  heldOut = false,
): string | undefined {
  const known = new Set(categories.map(labelOfCategory));
  const labels = judged.flatMap(({ interests }) => interests.map(({ label }) => label));
  const trained = labels.filter((label) => known.has(label)).length;
  if (trained === 0) return undefined;
  return (
    `The ${method} model was trained on ${trained} of the ${labels.length} interests that are judged, going by their names: ` +
    "on those it is better than it will be on others. " +
    (heldOut
      ? "It was trained on other folders than these, so that --held-out could not keep them apart."
      : "--held-out judges what a training on the same folders never sees.")
  );
}
