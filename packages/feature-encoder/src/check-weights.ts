import { BackboneFilesError } from "./errors.js";
import type { WeightSpec } from "./model-artifacts.js";
import { byteLength } from "./parse-model.js";

/** A number of 16 bits with all of these set is infinite or none at all. */
const HALF_EXPONENT = 0x7c00;

/**
 * One NaN in a network is a NaN in every feature, or hides in a rectifier and is wrong in silence.
 *
 * @param specs   in the order of `weights`
 * @throws BackboneFilesError naming the weight
 */
export function checkWeights(backbone: string, specs: readonly WeightSpec[], weights: Uint8Array): void {
  let offset = 0;
  for (const spec of specs) {
    const length = byteLength(spec);
    if (!isFinite(spec, new DataView(weights.buffer, weights.byteOffset + offset, length))) {
      throw new BackboneFilesError(backbone, `its weight "${spec.name}" has a number that is NaN or infinite.`);
    }
    offset += length;
  }
}

function isFinite({ dtype, quantization }: WeightSpec, bytes: DataView): boolean {
  if (quantization?.dtype === "float16") {
    return every(bytes, 2, (at) => (bytes.getUint16(at, true) & HALF_EXPONENT) !== HALF_EXPONENT);
  }
  if (quantization) return [quantization.min, quantization.scale].every((number) => Number.isFinite(number));
  return dtype !== "float32" || every(bytes, 4, (at) => Number.isFinite(bytes.getFloat32(at, true)));
}

function every(bytes: DataView, step: number, holds: (at: number) => boolean): boolean {
  for (let at = 0; at < bytes.byteLength; at += step) if (!holds(at)) return false;
  return true;
}
