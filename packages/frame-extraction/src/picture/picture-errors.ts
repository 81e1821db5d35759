import { FacetError } from "@facet/domain";

/** Thrown when bytes are no picture of an accepted kind, or a damaged one. */
export class InvalidPictureError extends FacetError {
  readonly code = "INVALID_IMAGE";
  constructor(problem: string, options?: ErrorOptions) {
    super(`The picture ${problem}.`, options);
  }
}

/** Thrown when a picture has more bytes or pixels than the limits allow. */
export class PictureTooLargeError extends FacetError {
  readonly code = "LIMIT_EXCEEDED";
  constructor(problem: string, options?: ErrorOptions) {
    super(`The picture ${problem}.`, options);
  }
}
