/** Widths that pictures are served in, in pixels. */
export const MIN_IMAGE_WIDTH = 16;
export const MAX_IMAGE_WIDTH = 3840;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size of a picture served in at most `width` pixels: never enlarged, the ratio kept. */
export function fitToWidth(original: Size, width: number | undefined): Size {
  if (width === undefined || width >= original.width) return { width: original.width, height: original.height };
  return { width, height: Math.max(1, Math.round((original.height * width) / original.width)) };
}
