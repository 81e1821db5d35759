import { readlinkSync } from "node:fs";
import os from "node:os";

const LOWEST = 19;

/**
 * Lets the other threads of the process go before the calling one, where both want the same core. Only Linux has priorities
 * of single threads, and a sandbox may refuse them: that is no reason not to work.
 *
 * @param steps 1..19: the more, the more the others are preferred
 * @returns the priority that the thread has from now on; undefined where it cannot be told or set
 */
export function lowerThreadPriority(steps: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    // In this thread itself: an asynchronous look would be of a thread of the pool.
    const thread = Number(readlinkSync("/proc/thread-self").split("/").at(-1));
    // From what the process was given, so that the order holds in one that runs behind others, too.
    const niceness = Math.min(LOWEST, os.getPriority(thread) + steps);
    os.setPriority(thread, niceness);
    return niceness;
  } catch {
    return undefined;
  }
}
