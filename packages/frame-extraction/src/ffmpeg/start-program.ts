import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cannotBeStarted } from "./decoder-errors.js";

/**
 * Starts a program, and waits until it runs. Some failures of that are thrown by `spawn`, others come as an event, and
 * with some the process has no pipes: whoever has it from here need know of none.
 *
 * @throws DecoderUnavailableError where it cannot be started
 */
export async function startProgram<Child extends ChildProcess>(program: string, spawn: () => Child): Promise<Child> {
  try {
    const child = spawn();
    await once(child, "spawn");
    // From now on it is a kill that fails: of what runs on, its own end tells.
    child.on("error", () => undefined);
    return child;
  } catch (cause) {
    throw cannotBeStarted(program, cause);
  }
}
