import { DEFAULT_PICTURE_LIMITS } from "@facet/frame-extraction";
import sharp, { type Sharp } from "sharp";
import type { ImageFormatName, ImagePlan } from "./image-form.js";

/** Rises whenever the same plan gives other bytes: what was made before is then made anew. */
export const RENDER_VERSION = 2;

/** Makes the bytes of a plan. A crop is around what draws the eye: where there is most of edges, colour and skin. */
export async function renderImage(
  bytes: Uint8Array,
  { size, crop, format }: ImagePlan & { kind: "derived" },
): Promise<Uint8Array> {
  const resized = sharp(bytes, { limitInputPixels: DEFAULT_PICTURE_LIMITS.maxPixels, failOn: "error" })
    .autoOrient()
    .toColourspace("srgb")
    .resize({ ...size, ...(crop ? { fit: "cover", position: sharp.strategy.attention } : { fit: "fill" }) });
  return encode(resized, format).toBuffer();
}

function encode(picture: Sharp, format: ImageFormatName): Sharp {
  switch (format) {
    case "jpeg":
      return picture.flatten({ background: "#ffffff" }).jpeg({ quality: 85, mozjpeg: false });
    case "webp":
      return picture.webp({ quality: 82 });
    case "avif":
      // More effort takes seconds for a few percent.
      return picture.avif({ quality: 60, effort: 2 });
  }
}
