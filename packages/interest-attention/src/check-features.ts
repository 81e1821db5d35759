import { FeatureValueError, FeatureWidthError } from "./errors.js";

/** @throws FeatureWidthError, FeatureValueError */
export function checkFeatures(
  features: readonly Float32Array[],
  width: number,
  nameOf: (place: number) => string,
): void {
  features.forEach((feature, place) => {
    if (feature.length !== width) throw new FeatureWidthError(nameOf(place), feature.length, width);
    if (!Number.isFinite(sumOf(feature))) throw new FeatureValueError(nameOf(place));
  });
}

/** In doubles, so it is finite only where every part is. A loop: it goes over all that is scored, and a callback costs more than scoring does. */
function sumOf(numbers: Float32Array): number {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum;
}
