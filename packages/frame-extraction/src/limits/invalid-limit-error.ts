import { FacetError } from "@facet/domain";

/** Thrown when a limit that the caller gave can be none: that is the caller's mistake, not the video's or the picture's. */
export class InvalidLimitError extends FacetError {
  readonly code = "INVALID_LIMIT";
  constructor(
    /** As `maxPixels`. */
    readonly limit: string,
    readonly value: unknown,
  ) {
    super(`${limit} takes a whole number from 1, or Infinity for no limit, not ${String(value)}.`);
  }
}
