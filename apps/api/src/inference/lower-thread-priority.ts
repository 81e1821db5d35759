import { readlinkSync } from "node:fs";
import os from "node:os";

/**
 * Lets threads of the usual priority go before the calling one, where both want the same core. Only Linux has priorities
 * of single threads, and a sandbox may refuse them: that is no reason not to work.
 *
 * @param niceness 1..19: the higher, the more the others are preferred
 * @returns the priority that the thread has from now on; undefined where it cannot be told or set
 */
export function lowerThreadPriority(niceness: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    // In this thread itself: an asynchronous look would be of a thread of the pool.
    const thread = Number(readlinkSync("/proc/thread-self").split("/").at(-1));
    // Nothing is raised that somebody has set lower still.
    if (os.getPriority(thread) < niceness) os.setPriority(thread, niceness);
    return os.getPriority(thread);
  } catch {
    return undefined;
  }
}
