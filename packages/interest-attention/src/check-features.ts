import { FeatureValueError, FeatureWidthError } from "./errors.js";
import { areWithinLimit, LARGEST_NUMBER } from "./number-limit.js";

/** @throws FeatureWidthError, FeatureValueError */
export function checkFeatures(
  features: readonly Float32Array[],
  width: number,
  nameOf: (place: number) => string,
): void {
  features.forEach((feature, place) => {
    if (feature.length !== width) throw new FeatureWidthError(nameOf(place), feature.length, width);
    if (!areWithinLimit(feature)) throw new FeatureValueError(nameOf(place), LARGEST_NUMBER);
  });
}
