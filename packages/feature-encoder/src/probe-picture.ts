import type { Backbone, PictureSize } from "./backbone.js";
import { BackboneDescriptionError } from "./errors.js";

/** Bytes of a picture: height x width x RGB. */
export function bytesOf({ height, width }: PictureSize): number {
  return height * width * 3;
}

/** One picture from black to white: the only sure way to learn a network's width, and it pays for the first call. */
export function probePicture(picture: PictureSize): Uint8Array {
  const last = bytesOf(picture) - 1;
  return Uint8Array.from({ length: last + 1 }, (_, i) => Math.round((255 * i) / last));
}

/** @throws BackboneDescriptionError where the probe's feature holds what is no number */
export function checkProbe(backbone: Backbone, feature: Float32Array): void {
  const unusable = feature.findIndex((number) => !Number.isFinite(number));
  if (unusable < 0) return;
  throw new BackboneDescriptionError(backbone.name, `number ${unusable} of a picture's feature is NaN or infinite.`);
}

/**
 * @param dims shape of the class output; undefined where the backbone has none
 * @throws BackboneDescriptionError
 */
export function checkClasses(backbone: Backbone, dims: readonly number[] | undefined): void {
  if (backbone.unsafe === "none" || !dims) return;
  const count = dims.length === 2 ? (dims[1] ?? 0) : 0;
  for (const number of backbone.unsafe.classes) {
    if (number >= count) {
      throw new BackboneDescriptionError(
        backbone.name,
        `it has ${count} classes, so there is no unsafe class ${number}.`,
      );
    }
  }
}
