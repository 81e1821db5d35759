/** Widths that pictures are served in, in pixels. */
export const MIN_IMAGE_WIDTH = 16;
export const MAX_IMAGE_WIDTH = 3840;

/** Ratios that pictures are cropped to, width to height. */
export const IMAGE_RATIOS = {
  "16:9": 16 / 9,
  "4:3": 4 / 3,
  "1:1": 1,
  "2:3": 2 / 3,
  "9:16": 9 / 16,
} as const;

export type ImageRatioName = keyof typeof IMAGE_RATIOS;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What is asked of a picture's size; without a wish it is as it was kept. */
export interface SizeWish {
  readonly width?: number | undefined;
  readonly ratio?: ImageRatioName | undefined;
}

/**
 * The size that a picture is served in: the largest part of it that has the ratio, in at most the width. Never enlarged:
 * a width that the picture, or its part, does not have gives as much as there is.
 */
export function fitSize(original: Size, { width, ratio }: SizeWish): Size {
  const part = ratio === undefined ? original : cropTo(original, IMAGE_RATIOS[ratio]);
  if (width === undefined || width >= part.width) return { width: part.width, height: part.height };
  // Not by the part's own height: that was rounded already.
  const heightToWidth = ratio === undefined ? part.height / part.width : 1 / IMAGE_RATIOS[ratio];
  return { width, height: Math.max(1, Math.round(width * heightToWidth)) };
}

function cropTo({ width, height }: Size, ratio: number): Size {
  return width / height > ratio
    ? { width: Math.max(1, Math.round(height * ratio)), height }
    : { width, height: Math.max(1, Math.round(width / ratio)) };
}
