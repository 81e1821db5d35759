import { setTimeout as sleep } from "node:timers/promises";

/** @throws the signal's reason, where it is aborted before */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, signal && { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
