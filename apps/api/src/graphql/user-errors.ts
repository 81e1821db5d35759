import { FacetError } from "@facet/domain";
import type { UserError, UserErrorCode } from "../generated/resolver-types.js";
import { shortenMessage } from "./shorten-message.js";

/** Thrown inside a service where the input of a mutation is at fault; answered as a `UserError`. */
export class InputError extends FacetError {
  constructor(
    readonly code: UserErrorCode,
    readonly field: string | null,
    message: string,
  ) {
    super(message);
  }
}

/** What a mutation came to: the thing it made, or what was at fault. */
export type Outcome<Made> =
  { readonly ok: true; readonly value: Made } | { readonly ok: false; readonly error: UserError };

/** Runs a mutation's work; an `InputError` is an outcome, everything else stays an error. */
export async function settleInput<Made>(work: () => Promise<Made>): Promise<Outcome<Made>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { ok: false, error: { code: error.code, field: error.field, message: shortenMessage(error.message) } };
  }
}

/** Names the field of the input that another error is about. Errors whose code is not among `codes` pass through. */
export async function blameField<Value>(
  field: string,
  codes: readonly UserErrorCode[],
  work: () => Promise<Value> | Value,
): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof FacetError ? codes.find((known) => known === error.code) : undefined;
    if (code === undefined) throw error;
    throw new InputError(code, field, (error as FacetError).message);
  }
}
