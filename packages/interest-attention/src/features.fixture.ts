import { randomNormal } from "@tensorflow/tfjs-core";

/** Random features, the same for the same seed. */
export function makeFeatures(count: number, width: number, seed: number): Float32Array[] {
  const drawn = randomNormal([count, width], 0, 1, "float32", seed);
  const numbers = drawn.dataSync<"float32">();
  drawn.dispose();
  return Array.from({ length: count }, (_, i) => numbers.slice(i * width, (i + 1) * width));
}
