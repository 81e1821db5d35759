/** `00:01:02.50` in seconds; 0 where it is no time. */
export function parseClock(clock: string): number {
  return clock.split(":").reduce((total, part) => total * 60 + (Number(part) || 0), 0);
}

/** Of a program that execFile ran: killed by its timeout. An abort kills too, and is to be looked for first. */
export function isTimeout(error: unknown): boolean {
  return isEnded(error) && error.killed;
}

/** Of a program that execFile ran: ended by a signal, but not by us. */
export function isCrash(error: unknown): boolean {
  return isEnded(error) && !error.killed && typeof error.signal === "string";
}

function isEnded(error: unknown): error is Error & { readonly killed: boolean; readonly signal?: string | null } {
  return error instanceof Error && "killed" in error && typeof error.killed === "boolean";
}
