import type { ModelArtifacts, WeightSpec } from "../model-artifacts.js";
import { byteLength } from "../parse-model.js";
import { weightBytes } from "../weight-bytes.js";

/** A weight as numbers, without any engine's tensor. */
export interface Weight {
  readonly shape: readonly number[];
  readonly numbers: Float32Array;
}

/** Every weight of a model by its name; weights of no numbers, such as text, are left out. */
export function decodeWeights(artifacts: ModelArtifacts): ReadonlyMap<string, Weight> {
  const bytes = weightBytes(artifacts);
  const weights = new Map<string, Weight>();
  let offset = 0;
  for (const spec of artifacts.weightSpecs ?? []) {
    const length = byteLength(spec);
    const numbers = decodeNumbers(spec, bytes.slice(offset, offset + length).buffer);
    if (numbers) weights.set(spec.name, { shape: spec.shape, numbers });
    offset += length;
  }
  return weights;
}

function decodeNumbers({ dtype, quantization }: WeightSpec, bytes: ArrayBuffer): Float32Array | undefined {
  switch (quantization?.dtype) {
    case "float16":
      return decode(new Uint16Array(bytes), decodeHalf);
    case "uint8":
    case "uint16": {
      const { scale = 1, min = 0 } = quantization;
      const stored = quantization.dtype === "uint8" ? new Uint8Array(bytes) : new Uint16Array(bytes);
      return decode(stored, (number) => number * scale + min);
    }
  }
  if (dtype === "float32") return new Float32Array(bytes);
  return dtype === "int32" ? Float32Array.from(new Int32Array(bytes)) : undefined;
}

/** `Float32Array.from` does the same twenty times slower: there are millions of numbers, and a start waits for them. */
function decode(stored: Uint8Array | Uint16Array, toNumber: (stored: number) => number): Float32Array {
  const numbers = new Float32Array(stored.length);
  for (let place = 0; place < numbers.length; place++) numbers[place] = toNumber(stored[place] ?? 0);
  return numbers;
}

/** Sign, 5 bits of exponent, 10 of fraction. */
function decodeHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = (bits & 0x3ff) / 1024;
  return sign * (exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15));
}
