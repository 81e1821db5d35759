import type { FrameQuality } from "@facet/domain";
import sharp, { type Metadata, type Sharp } from "sharp";
import { ENCODER_SIZE } from "../decode/filter-graph.js";
import { readLimits, type GivenLimits } from "../limits/read-limits.js";
import { measureQuality } from "../quality/measure-quality.js";
import { InvalidPictureError, PictureTooLargeError } from "./picture-errors.js";
import { looksLikePicture } from "./picture-format.js";

/** Each a whole number from 1, or Infinity for none. */
export interface PictureLimits {
  /** Default 10,000,000. */
  readonly maxBytes: number;
  /** Width times height, as stored in the file. Default 50,000,000. */
  readonly maxPixels: number;
  /** Of width and height each. Default 16,383: the most that a WebP holds. */
  readonly maxSide: number;
}

export const DEFAULT_PICTURE_LIMITS: PictureLimits = { maxBytes: 10_000_000, maxPixels: 50_000_000, maxSide: 16_383 };

/** sharp takes no Infinity. */
const MOST: PictureLimits = { maxBytes: Infinity, maxPixels: Number.MAX_SAFE_INTEGER, maxSide: Infinity };

export type PictureMime = "image/jpeg" | "image/png" | "image/webp" | "image/avif" | "image/gif";

/** A picture that was found sound, ready for the encoder. */
export interface Picture {
  readonly mime: PictureMime;
  /** As shown: after the rotation that its EXIF data asks for. */
  readonly width: number;
  readonly height: number;
  /** [224,224,3] sRGB, 0..255: the whole picture, squashed as video frames are; transparent parts on white. */
  readonly rgb: Uint8Array;
  readonly quality: FrameQuality;
}

/** sharp's names of the formats. SVG and PDF are left out: they are programs that draw, and may open other files. */
const MIMES = new Map<string, PictureMime>([
  ["jpeg", "image/jpeg"],
  ["png", "image/png"],
  ["webp", "image/webp"],
  ["avif", "image/avif"],
  ["gif", "image/gif"],
]);
const ACCEPTED = [...MIMES.keys()].join(", ");

/**
 * Checks and decodes a picture: JPEG, PNG, WebP, AVIF or the first frame of a GIF.
 *
 * @throws InvalidPictureError, PictureTooLargeError; InvalidLimitError for a limit that can be none
 */
export async function readPicture(
  bytes: Uint8Array,
  options: { readonly limits?: GivenLimits<PictureLimits> | undefined } = {},
): Promise<Picture> {
  const limits = readLimits(options.limits, DEFAULT_PICTURE_LIMITS, MOST);
  if (bytes.length === 0) throw new InvalidPictureError("is empty");
  if (bytes.length > limits.maxBytes) {
    throw new PictureTooLargeError(`has ${bytes.length} bytes; the limit is ${limits.maxBytes}`);
  }

  // Told apart before any decoder sees the bytes, so that only loaders of accepted formats ever run.
  if (!looksLikePicture(bytes)) throw new InvalidPictureError(`is none of ${ACCEPTED}`);
  const open = (limitInputPixels: number | false): Sharp =>
    sharp(bytes, { failOn: "error", limitInputPixels, autoOrient: true });

  const metadata = await open(false).metadata().catch(damaged);
  const mime = mimeOf(metadata);
  if (mime === undefined) throw new InvalidPictureError(`is none of ${ACCEPTED}`);
  // Checked here rather than by sharp, whose refusal of a large picture looks like any other failure.
  if (metadata.width * metadata.height > limits.maxPixels) {
    throw new PictureTooLargeError(
      `has ${metadata.width} x ${metadata.height} px; the limit is ${limits.maxPixels} pixels`,
    );
  }

  if (Math.max(metadata.width, metadata.height) > limits.maxSide) {
    throw new PictureTooLargeError(
      `has ${metadata.width} x ${metadata.height} px; the limit of a side is ${limits.maxSide}`,
    );
  }

  const { data } = await open(limits.maxPixels)
    .toColourspace("srgb")
    .flatten({ background: "#fff" })
    .resize(ENCODER_SIZE, ENCODER_SIZE, { fit: "fill", kernel: "lanczos3", fastShrinkOnLoad: false })
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true })
    .catch(damaged);
  const rgb = Uint8Array.from(data);
  const { width, height } = metadata.autoOrient;
  return { mime, width, height, rgb, quality: measureQuality(rgb, ENCODER_SIZE, ENCODER_SIZE) };
}

function mimeOf({ format, compression }: Metadata): PictureMime | undefined {
  const name: string = format;
  return MIMES.get(name === "heif" && compression === "av1" ? "avif" : name);
}

function damaged(cause: unknown): never {
  throw new InvalidPictureError("is damaged", { cause });
}
