/** How the colours of a stream were made of RGB, as ffprobe names it; `unknown` where the stream does not say. */
export type ColourMatrix = string;

/** How full-size pictures leave the decoder, and what is still to be done to make a JPEG of one. */
export interface FullFormat {
  /** As shown: after rotation and with square pixels. */
  readonly width: number;
  readonly height: number;
  /** As ffmpeg names it. Planes of luma and of two colours at half the size. */
  readonly pixelFormat: "yuv420p" | "yuvj420p";
  /** Bytes of one picture. */
  readonly bytes: number;
  /** A filter of ffmpeg. JPEG wants BT.601 of full range. */
  readonly toJpegColours: string;
}

/** ffprobe's names, and those of the `colormatrix` filter. The others count as BT.601, or too rare to be told apart. */
const COLOUR_MATRICES = new Map([
  ["bt709", "bt709"],
  ["smpte240m", "smpte240m"],
  ["bt2020nc", "bt2020"],
]);
/** Untagged video of this height is BT.709 by custom, but ffmpeg takes it for BT.601. */
const HD_HEIGHT = 720;

export function isUntaggedHd(matrix: ColourMatrix, height: number): boolean {
  return matrix === "unknown" && height >= HD_HEIGHT;
}

/**
 * Most pictures that are looked at are never wanted as a JPEG, so what a JPEG's colours take is left for later where the
 * colours can wait. `scale` would change the matrix too, but the builds differ in how, and it is slower.
 */
export function fullFormat(matrix: ColourMatrix, width: number, height: number): FullFormat {
  const from = COLOUR_MATRICES.get(isUntaggedHd(matrix, height) ? "bt709" : matrix);
  const bytes = width * height + 2 * Math.ceil(width / 2) * Math.ceil(height / 2);
  if (from === undefined) return { width, height, bytes, pixelFormat: "yuvj420p", toJpegColours: "null" };
  const toJpegColours = `colormatrix=${from}:bt601,scale=iw:ih,format=yuvj420p`;
  return { width, height, bytes, pixelFormat: "yuv420p", toJpegColours };
}
