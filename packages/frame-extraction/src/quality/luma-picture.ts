/** The luma of a picture, by rows. */
export interface LumaPicture {
  readonly width: number;
  readonly height: number;
  /** [height,width] Rec. 601, 0..1 */
  readonly luma: Float32Array;
}

/** @param rgb [height,width,3], 0..255 */
export function toLuma(rgb: Uint8Array, width: number, height: number): LumaPicture {
  const luma = new Float32Array(width * height);
  for (let pixel = 0, at = 0; pixel < luma.length; pixel++, at += 3) {
    luma[pixel] = (0.299 * (rgb[at] ?? 0) + 0.587 * (rgb[at + 1] ?? 0) + 0.114 * (rgb[at + 2] ?? 0)) / 255;
  }
  return { width, height, luma };
}

/**
 * Indices in this folder are in range by construction; the fallback only satisfies the compiler. For one type of array
 * only: engines read many times slower where a function has seen several.
 */
export function at0(values: Float32Array, index: number): number {
  return values[index] ?? 0;
}
