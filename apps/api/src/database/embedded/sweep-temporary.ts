import { lstat, readdir, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { DataFolderLock } from "./data-folder-lock.js";

/** In data that is kept elsewhere: where the link to it was made. */
export const ORIGIN = "origin";

/**
 * Removes data whose data folder was a temporary one and is gone. Of any other folder that is not to be seen one cannot
 * know: its disk may be away for a while.
 */
export async function sweepTemporary(root: string): Promise<void> {
  const temporary = (await realpath(tmpdir())) + sep;
  for (const name of await readdir(root)) {
    const path = join(root, name);
    const origin = await readFile(join(path, ORIGIN), "utf8").catch(() => "");
    if (!origin.startsWith(temporary) || (await lstat(origin).catch(() => undefined)) !== undefined) continue;
    try {
      const lock = await DataFolderLock.take(path);
      await rm(path, { recursive: true, force: true });
      await lock.release();
    } catch {
      // Still in use: the next one to come by will find it.
    }
  }
}
