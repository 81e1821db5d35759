import { DEFAULT_PICTURE_LIMITS } from "@facet/frame-extraction";
import sharp from "sharp";
import { fitToWidth } from "./image-size.js";
import type { StoredImage } from "./image-store.js";

export type ImageFormatName = "jpeg" | "webp";

/** The bytes of a stored picture in the width and format asked for; as they are kept where nothing is asked. */
export async function renderImage(
  image: StoredImage & { readonly bytes: Uint8Array },
  width: number | undefined,
  format: ImageFormatName | undefined,
): Promise<{ readonly bytes: Uint8Array; readonly mime: string }> {
  const size = fitToWidth(image, width);
  const mime = format === undefined ? image.mime : `image/${format}`;
  if (size.width === image.width && mime === image.mime) return { bytes: image.bytes, mime };

  const resized = sharp(image.bytes, { limitInputPixels: DEFAULT_PICTURE_LIMITS.maxPixels, failOn: "error" })
    .autoOrient()
    .toColourspace("srgb")
    .resize({ ...size, fit: "fill" });
  const encoded =
    mime === "image/webp"
      ? resized.webp({ quality: 82 })
      : resized.flatten({ background: "#ffffff" }).jpeg({ quality: 85 });
  return { bytes: await encoded.toBuffer(), mime: mime === "image/webp" ? mime : "image/jpeg" };
}
