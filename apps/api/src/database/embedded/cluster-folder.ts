import { randomBytes } from "node:crypto";
import { chmod, chown, lstat, mkdir, readFile, realpath, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EmbeddedPostgresError } from "../errors.js";
import { findClosedFolders } from "./reach.js";
import { ORIGIN, sweepTemporary } from "./sweep-temporary.js";
import type { SystemUser } from "./unprivileged-user.js";

/** Where root keeps what Postgres' user cannot reach elsewhere. */
export const REACHABLE_ROOT = "/var/lib/facet";

/** The folder of one embedded Postgres: `data`, which is Postgres' own, and `password`, which only its user may read. */
export interface ClusterFolder {
  readonly path: string;
  readonly data: string;
  readonly password: string;
}

/**
 * The folder of the embedded Postgres: `postgres` in the data folder. Where we are root and Postgres' user cannot get
 * there, it is in `/var/lib/facet`, and a link in its place. The data folder itself is ours, and is opened to that user's
 * group for passing through; what is above it is not ours and stays as it is.
 */
export async function prepareClusterFolder(
  dataDir: string,
  user: SystemUser | undefined,
  log: (line: string) => void,
): Promise<ClusterFolder> {
  const wanted = join(dataDir, "postgres");
  if (!(await exists(wanted))) {
    if (user === undefined) await mkdir(wanted, { mode: 0o700 });
    else await makeFor(user, dataDir, wanted, log);
  }
  const path = await realpath(wanted);
  // A start may have been killed before it got this far.
  if (user !== undefined && (await stat(path)).uid === 0) await chown(path, user.uid, user.gid);
  return { path, data: join(path, "data"), password: join(path, "password") };
}

async function makeFor(user: SystemUser, dataDir: string, wanted: string, log: (line: string) => void): Promise<void> {
  const [first, ...others] = await findClosedFolders(dataDir, user);
  if (first === dataDir && others.length === 0) {
    const { mode, uid } = await stat(dataDir);
    await chown(dataDir, uid, user.gid);
    await chmod(dataDir, (mode & 0o7777) | 0o010);
  }
  if (first === undefined || first === dataDir) {
    await mkdir(wanted, { mode: 0o700 });
    return;
  }
  const path = join(REACHABLE_ROOT, `data-${randomBytes(6).toString("hex")}`);
  await makeReachableRoot();
  await sweepTemporary(REACHABLE_ROOT);
  await mkdir(path, { mode: 0o700 });
  await chown(path, user.uid, user.gid);
  await writeFile(join(path, ORIGIN), wanted);
  await symlink(path, wanted);
  log(
    `Postgres refuses to run as root, and ${user.name}, whom it runs as, cannot reach ${dataDir}: its data is in ${path}.`,
  );
}

export async function makeReachableRoot(): Promise<void> {
  await mkdir(REACHABLE_ROOT, { recursive: true });
  // Whatever the umask says.
  await chmod(REACHABLE_ROOT, 0o755);
}

async function exists(path: string): Promise<boolean> {
  // Also a link that leads nowhere is there: to make another in its place would hide that the data is gone.
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** The password of the embedded Postgres, made at its first start. */
export async function keepPassword({ password }: ClusterFolder, user: SystemUser | undefined): Promise<string> {
  const known = await readFile(password, "utf8").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw new EmbeddedPostgresError("its data is another user's: start it as the user who made it.", { cause: error });
  });
  if (known !== "") return known.trim();

  const made = randomBytes(24).toString("base64url");
  const draft = `${password}.new`;
  await rm(draft, { force: true });
  await writeFile(draft, `${made}\n`, { mode: 0o600, flush: true });
  if (user !== undefined) await chown(draft, user.uid, user.gid);
  await rename(draft, password);
  return made;
}
