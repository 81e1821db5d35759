import { execFile } from "node:child_process";
import { chmod, cp, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { makeReachableRoot, REACHABLE_ROOT } from "./cluster-folder.js";
import { programPath, type PostgresBinaries } from "./postgres-binaries.js";
import type { SystemUser } from "./unprivileged-user.js";

const execute = promisify(execFile);

/**
 * The programs where a user can run them: where npm put them, or, below a folder that is closed to this user, a copy in
 * `/var/lib/facet`, shared by all checkouts with the same version.
 */
export async function placeBinaries(
  binaries: PostgresBinaries,
  user: SystemUser | undefined,
  log: (line: string) => void,
): Promise<PostgresBinaries> {
  if (user === undefined || (await canRun(binaries, user))) return binaries;

  const folder = join(REACHABLE_ROOT, `postgres-${binaries.version}`);
  const copy = { ...binaries, folder };
  if (await canRun(copy, user)) return copy;

  log(
    `Postgres refuses to run as root, and ${user.name}, whom it runs as, cannot reach the programs: they are copied to ${folder}.`,
  );
  await makeReachableRoot();
  const draft = await mkdtemp(join(REACHABLE_ROOT, `${basename(folder)}-`));
  try {
    await cp(binaries.folder, draft, { recursive: true, verbatimSymlinks: true });
    await openToAll(draft);
    // Another process may have been faster; a broken copy gives way.
    if (!(await canRun(copy, user))) {
      await rm(folder, { recursive: true, force: true });
      await rename(draft, folder);
    }
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return copy;
}

/** Under a strict umask npm leaves files that only root can read. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile())
      await chmod(path, (await stat(path)).mode | 0o444 | (entry.parentPath.endsWith("bin") ? 0o111 : 0));
  }
}

/** Tried rather than reckoned: modes, access lists and mount options all have a say. */
async function canRun(binaries: PostgresBinaries, { uid, gid }: SystemUser): Promise<boolean> {
  try {
    await execute(programPath(binaries, "postgres"), ["--version"], { uid, gid, cwd: "/", env: {} });
    return true;
  } catch {
    return false;
  }
}
