import type { StopSignal } from "./checkpoint/errors.js";

/** Signals that ask a training to end. */
export interface StopRequest {
  /** The first signal that came; undefined so far. */
  readonly signal: StopSignal | undefined;
  /** Signals have their usual effect again. */
  release(): void;
}

/**
 * From now on SIGINT and SIGTERM are noted, so that a step can be finished and kept. A second one has its usual effect:
 * it ends the process at once.
 */
export function listenForStop(): StopRequest {
  let noted: StopSignal | undefined;
  const note = (signal: NodeJS.Signals) => {
    noted = signal as StopSignal; // no other is listened to
    release();
  };
  const release = () => {
    process.off("SIGINT", note);
    process.off("SIGTERM", note);
  };
  process.on("SIGINT", note);
  process.on("SIGTERM", note);
  return {
    get signal() {
      return noted;
    },
    release,
  };
}
