import { fitSize, type ImageRatioName, type Size } from "./image-size.js";
import type { StoredImage } from "./image-store.js";

export const IMAGE_FORMATS = ["jpeg", "webp", "avif"] as const;
export type ImageFormatName = (typeof IMAGE_FORMATS)[number];

/** How a picture is asked for by its address. */
export interface ImageForm {
  readonly width?: number | undefined;
  readonly ratio?: ImageRatioName | undefined;
  readonly format?: ImageFormatName | undefined;
}

/** What is to be served: the bytes as they were kept, or others made of them. */
export type ImagePlan =
  | { readonly kind: "original"; readonly mime: string }
  | { readonly kind: "derived"; readonly size: Size; readonly crop: boolean; readonly format: ImageFormatName };

/** Where nothing is asked that the kept bytes are not already, they are served. */
export function planImage(image: StoredImage, { width, ratio, format }: ImageForm): ImagePlan {
  const size = fitSize(image, { width, ratio });
  const isWhole = size.width === image.width && size.height === image.height;
  const wanted = format ?? IMAGE_FORMATS.find((known) => image.mime === `image/${known}`);
  if (isWhole && (format === undefined || image.mime === `image/${format}`)) {
    return { kind: "original", mime: image.mime };
  }
  return { kind: "derived", size, crop: ratio !== undefined, format: wanted ?? "jpeg" };
}
