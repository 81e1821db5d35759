import { FacetError } from "@facet/domain";

/** Thrown when a number of a target rule makes no sense: that is the caller's mistake, not the video's. */
export class InvalidRuleError extends FacetError {
  readonly code = "INVALID_RULE";
  constructor(
    /** As `everyNth`. */
    readonly rule: string,
    problem: string,
  ) {
    super(`${rule} takes ${problem}.`);
  }
}
