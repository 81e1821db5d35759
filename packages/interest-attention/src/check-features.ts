import { FeatureValueError, FeatureWidthError } from "./errors.js";

/** @throws FeatureWidthError, FeatureValueError */
export function checkFeatures(
  features: readonly Float32Array[],
  width: number,
  nameOf: (place: number) => string,
): void {
  features.forEach((feature, place) => {
    if (feature.length !== width) throw new FeatureWidthError(nameOf(place), feature.length, width);
    // A sum of floats in doubles is finite only where every part is.
    if (!Number.isFinite(feature.reduce((sum, number) => sum + number, 0))) {
      throw new FeatureValueError(nameOf(place));
    }
  });
}
