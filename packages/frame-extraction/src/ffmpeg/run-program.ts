import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { cannotBeStarted, DecoderError, DecoderStoppedError, isFromOutside } from "./decoder-errors.js";

const run = promisify(execFile);

/** Of each output: a damaged file may be complained of without end, and no sound one has as much to tell. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Runs a program to its end, and gives what it wrote. It is killed when its time is over and when the signal aborts.
 *
 * @throws DecoderUnavailableError where it cannot be started; Error where it ends with a fault, or writes more than 16
 *   MiB: see `isTimeout` and `signalOf`
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  try {
    return await run(program, args, {
      ...{ timeout: timeoutMs, killSignal: "SIGKILL", maxBuffer: MOST_BYTES },
      ...(signal && { signal }),
    });
  } catch (error) {
    if (isEnded(error) || hasOverflowed(error) || signal?.aborted === true) throw error;
    throw cannotBeStarted(program, error);
  }
}

/** Its time was over. An abort kills too, and is to be looked for first. */
export function isTimeout(error: unknown): boolean {
  return isEnded(error) && error.killed;
}

/** By which it was ended, and not by us; undefined where it ended by itself. */
export function signalOf(error: unknown): string | undefined {
  return isEnded(error) && !error.killed ? (error.signal ?? undefined) : undefined;
}

/**
 * Throws where a program failed by no fault of the file that it was run for.
 *
 * @param source the file's name, for messages
 * @throws DecoderUnavailableError, DecoderStoppedError
 */
export function throwIfDecoderFault(error: unknown, source: string): void {
  if (error instanceof DecoderError) throw error;
  const signal = signalOf(error);
  if (signal !== undefined && isFromOutside(signal)) throw new DecoderStoppedError(source, signal);
}

/** Of one that wrote too much nothing is told of its end. */
function hasOverflowed(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER";
}

function isEnded(error: unknown): error is Error & { readonly killed: boolean; readonly signal?: string | null } {
  return error instanceof Error && "killed" in error && typeof error.killed === "boolean";
}
