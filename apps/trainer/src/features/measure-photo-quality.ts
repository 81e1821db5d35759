import type { FrameQuality } from "@facet/domain";

// STAND-IN until frame-extraction's doors exist.
export function measureQuality(rgb: Uint8Array, width: number, height: number): FrameQuality {
  const n = width * height;
  const luma = new Float32Array(n);
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const l = (0.299 * (rgb[3 * i] ?? 0) + 0.587 * (rgb[3 * i + 1] ?? 0) + 0.114 * (rgb[3 * i + 2] ?? 0)) / 255;
    luma[i] = l;
    sum += l;
    squares += l * l;
  }
  let laplacian = 0;
  for (let i = width; i < n - width; i++) {
    const d =
      (luma[i - 1] ?? 0) + (luma[i + 1] ?? 0) + (luma[i - width] ?? 0) + (luma[i + width] ?? 0) - 4 * (luma[i] ?? 0);
    laplacian += d * d;
  }
  const brightness = sum / n;
  const contrast = Math.sqrt(Math.max(0, squares / n - brightness ** 2));
  return { brightness, contrast, sharpness: laplacian / n, uniformity: 0, colourfulness: 0 };
}

export function qualityScore(quality: FrameQuality): number {
  const exposure = 1 - Math.abs(quality.brightness - 0.5) * 2;
  return (exposure + Math.min(1, quality.contrast / 0.25) + Math.min(1, quality.sharpness / 0.01)) / 3;
}
