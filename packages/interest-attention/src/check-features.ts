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

/** In doubles, so it is finite only where every part is. By index: through an iterator it takes five times as long. */
function sumOf(numbers: Float32Array): number {
  let sum = 0;
  let place = 0;
  while (place < numbers.length) sum += numbers[place++] ?? 0;
  return sum;
}
