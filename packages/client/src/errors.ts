import { FacetError } from "@facet/domain";
import type { FaultFragment } from "./generated/operations.js";

/** What a mutation says of its input. */
export type UserFault = FaultFragment;

/** Thrown where a client is made with what it cannot use. */
export class FacetOptionError extends FacetError {
  readonly code = "INVALID_OPTION";

  constructor(
    /** The option's name. */
    readonly option: string,
    taken: string,
  ) {
    super(`FacetClient takes ${taken} as its option "${option}".`);
  }
}

/** Thrown where the service refuses a request or cannot answer it. `code` is one of the service's `extensions.code`, or NETWORK. */
export class FacetRequestError extends FacetError {
  constructor(
    /** Stable; branch on this. */
    readonly code: string,
    message: string,
    /** What the service says beside the code, such as `videoId` or `status`. */
    readonly details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** After how many seconds it is worth asking again; undefined where waiting does not help. */
  get retryAfterSeconds(): number | undefined {
    const { retryAfterSeconds } = this.details;
    return typeof retryAfterSeconds === "number" ? retryAfterSeconds : undefined;
  }
}

/** Thrown where a mutation's input is at fault; nothing was changed. */
export class FacetUserError extends FacetError {
  /** The first fault's; stable, to branch on. */
  readonly code: UserFault["code"];
  /** The part of the input that is at fault, its names joined by dots. */
  readonly field: string | null;

  constructor(
    first: UserFault,
    /** All that was at fault. */
    readonly userErrors: readonly UserFault[],
  ) {
    super(first.message);
    this.code = first.code;
    this.field = first.field;
  }
}
