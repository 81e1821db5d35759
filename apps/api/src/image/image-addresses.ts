import { ApiError } from "../graphql/errors.js";
import type { ImageFormat, ImageRatio } from "../generated/resolver-types.js";
import type { ImageForm, ImageFormatName } from "./image-form.js";
import type { ImageSigner } from "./image-signer.js";
import { fitSize, MAX_IMAGE_WIDTH, MIN_IMAGE_WIDTH, type ImageRatioName, type Size } from "./image-size.js";

const MAX_SRCSET = 20;

const RATIOS: Readonly<Record<ImageRatio, ImageRatioName>> = {
  RATIO_16_9: "16:9",
  RATIO_4_3: "4:3",
  RATIO_1_1: "1:1",
  RATIO_2_3: "2:3",
  RATIO_9_16: "9:16",
};

/** How a caller wants a picture. */
export interface ImageWish {
  readonly width?: number | null | undefined;
  readonly ratio?: ImageRatio | null | undefined;
  readonly format?: ImageFormat | null | undefined;
}

/** A picture that has an address. */
export type AddressableImage = Size & { readonly hash: string };

/** An address, the size of the picture there, and what both came from. */
export interface AddressedImage extends Size {
  readonly url: string;
  readonly image: AddressableImage;
  readonly wish: ImageWish;
}

/** Where a caller fetches pictures. */
export class ImageAddresses {
  /**
   * @param baseUrl the address of the service as the caller reaches it, without a slash at its end
   * @param signer  undefined where pictures are public
   */
  constructor(
    private readonly baseUrl: string,
    private readonly signer?: ImageSigner,
  ) {}

  /**
   * The address of a picture as wished for, and its size there.
   *
   * @throws ApiError BAD_USER_INPUT where no picture is served in that width
   */
  address({ hash, width, height }: AddressableImage, wish: ImageWish): AddressedImage {
    const form = readWish(wish);
    const query = new URLSearchParams();
    if (form.width !== undefined) query.set("w", String(form.width));
    if (form.ratio !== undefined) query.set("ratio", form.ratio);
    if (form.format !== undefined) query.set("format", form.format);
    if (this.signer !== undefined) {
      const { expires, signature } = this.signer.sign(hash, form);
      query.set("expires", String(expires));
      query.set("signature", signature);
    }
    // A colon needs no escape in a query, and a srcset is read by people.
    const suffix = query.size > 0 ? `?${query.toString().replaceAll("%3A", ":")}` : "";
    const size = fitSize({ width, height }, form);
    return { url: `${this.baseUrl}/images/${hash}${suffix}`, ...size, image: { hash, width, height }, wish };
  }

  /**
   * The same picture in several widths as HTML's `srcset` has it, the narrowest first; a width that the picture does not
   * have is its own.
   *
   * @throws ApiError BAD_USER_INPUT where there is no width, or too many, or one that is not served
   */
  addressSet({ image, wish }: AddressedImage, widths: readonly number[]): string {
    if (widths.length === 0 || widths.length > MAX_SRCSET) {
      throw new ApiError("BAD_USER_INPUT", `widths has ${widths.length} entries: it takes 1 to ${MAX_SRCSET}.`);
    }
    const found = new Map<number, string>();
    for (const width of widths.toSorted((a, b) => a - b)) {
      const { url, width: real } = this.address(image, { ...wish, width });
      if (!found.has(real)) found.set(real, url);
    }
    return [...found].map(([width, url]) => `${url} ${width}w`).join(", ");
  }
}

function readWish({ width, ratio, format }: ImageWish): ImageForm {
  if (width != null && (width < MIN_IMAGE_WIDTH || width > MAX_IMAGE_WIDTH)) {
    throw new ApiError("BAD_USER_INPUT", `width is ${width}: it takes ${MIN_IMAGE_WIDTH} to ${MAX_IMAGE_WIDTH}.`);
  }
  return {
    width: width ?? undefined,
    ratio: ratio == null ? undefined : RATIOS[ratio],
    format: format == null ? undefined : (format.toLowerCase() as ImageFormatName),
  };
}
