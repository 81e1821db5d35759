import { FacetError } from "@facet/domain";

/** Thrown where the service cannot start in the surroundings that it was given; the message names the setting. */
export class StartError extends FacetError {
  readonly code = "CANNOT_START";
}

/** `EADDRINUSE` and its like; undefined where the system did not refuse anything. */
export function systemCodeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" && /^E[A-Z]+$/.test(error.code)
    ? error.code
    : undefined;
}
