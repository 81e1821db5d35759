import { ApiError } from "../graphql/errors.js";
import type { ImageFormat } from "../generated/resolver-types.js";
import { fitToWidth, MAX_IMAGE_WIDTH, MIN_IMAGE_WIDTH, type Size } from "./image-size.js";

/** How a caller wants a picture. */
export interface ImageWish {
  readonly width?: number | null | undefined;
  readonly format?: ImageFormat | null | undefined;
}

/** Where a caller fetches pictures. */
export class ImageAddresses {
  /** @param baseUrl the address of the service as the caller reaches it, without a slash at its end */
  constructor(private readonly baseUrl: string) {}

  /**
   * The address of a picture in the width and format wished for, and its size there.
   *
   * @throws ApiError BAD_USER_INPUT where no picture is served in that width
   */
  address(image: Size & { readonly hash: string }, wish: ImageWish): Size & { readonly url: string } {
    const width = wish.width ?? undefined;
    if (width !== undefined && (width < MIN_IMAGE_WIDTH || width > MAX_IMAGE_WIDTH)) {
      throw new ApiError("BAD_USER_INPUT", `width is ${width}: it takes ${MIN_IMAGE_WIDTH} to ${MAX_IMAGE_WIDTH}.`);
    }
    const query = new URLSearchParams();
    if (width !== undefined) query.set("w", String(width));
    if (wish.format != null) query.set("format", wish.format.toLowerCase());
    const suffix = query.size > 0 ? `?${query.toString()}` : "";
    return { url: `${this.baseUrl}/images/${image.hash}${suffix}`, ...fitToWidth(image, width) };
  }
}
