import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { SystemUser } from "./unprivileged-user.js";

const MAY_PASS = 0o1;

/** The folders, of this one and all above it, that a user may not pass through, from the root down. By the mode bits alone. */
export async function findClosedFolders(folder: string, user: SystemUser): Promise<string[]> {
  const above = dirname(folder);
  const closed = above === folder ? [] : await findClosedFolders(above, user);
  const { mode, uid, gid } = await stat(folder);
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
  return ((mode >> shift) & MAY_PASS) === MAY_PASS ? closed : [...closed, folder];
}
