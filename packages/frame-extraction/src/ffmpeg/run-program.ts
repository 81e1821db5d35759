import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Of each output: a damaged file may be complained of without end, and no sound one has as much to tell. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Runs a program to its end, and gives what it wrote. It is killed when its time is over and when the signal aborts.
 *
 * @throws Error where it cannot be run, ends with a fault, or writes more than 16 MiB: see `isTimeout` and `isCrash`
 */
export function runProgram(
  program: string,
  args: readonly string[],
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return run(program, args, {
    ...{ timeout: timeoutMs, killSignal: "SIGKILL", maxBuffer: MOST_BYTES },
    ...(signal && { signal }),
  });
}

/** Its time was over. An abort kills too, and is to be looked for first. */
export function isTimeout(error: unknown): boolean {
  return isEnded(error) && error.killed;
}

/** It was ended by a signal, but not by us. */
export function isCrash(error: unknown): boolean {
  return isEnded(error) && !error.killed && typeof error.signal === "string";
}

/** Of one that wrote too much nothing is told of its end. */
function isEnded(error: unknown): error is Error & { readonly killed: boolean; readonly signal?: string | null } {
  return error instanceof Error && "killed" in error && typeof error.killed === "boolean";
}
