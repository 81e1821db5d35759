import { readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { EmbeddedPostgresError } from "../errors.js";

/** Whom Postgres runs as where we are root, which it refuses to run as. */
export interface SystemUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** In the order of preference. No user is ever made: that is the administrator's business. */
const SERVICE_USERS = ["postgres", "_postgres", "nobody"];

/**
 * Picks a user for Postgres: whoever owns its files already, else the owner of the nearest folder around that is not
 * root's, so that in someone's home they are theirs, else one made for services.
 *
 * @returns undefined where this process is not root, and Postgres runs as the same user
 * @throws EmbeddedPostgresError where the machine has no user but root
 */
export async function pickUser(dataFolder: string): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const users = await readUsers();
  // Postgres insists that its user has a name.
  const owner = await findOwner(dataFolder);
  const user =
    users.find(({ uid }) => uid === owner && uid !== 0) ??
    SERVICE_USERS.flatMap((name) => users.find((known) => known.name === name && known.uid !== 0) ?? [])[0];
  if (user !== undefined) return user;
  throw new EmbeddedPostgresError(
    "Postgres refuses to run as root, and this machine has no user named postgres or nobody.",
  );
}

async function readUsers(): Promise<SystemUser[]> {
  const text = await readFile("/etc/passwd", "utf8").catch(() => "");
  return text.split("\n").flatMap((line) => {
    const [name, , uid, gid] = line.split(":");
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}

/** Who owns a folder, or the nearest one above it that is not root's. */
async function findOwner(folder: string): Promise<number> {
  const owner = await stat(folder).then(
    ({ uid }) => uid,
    () => 0,
  );
  const above = dirname(folder);
  return owner !== 0 || above === folder ? owner : findOwner(above);
}
