import { FacetError } from "@facet/domain";
import type { PrismaClient } from "../generated/prisma/client.js";
import { hashKey, makeKey } from "./key-hash.js";

const MADE = "first admin key";
/** The name of the key in FACET_ADMIN_KEY. Nobody else may make a key of this name: it would be overwritten. */
export const CONFIGURED = "configured admin key";

/** Thrown at start where the configured admin key was revoked: the environment does not undo what a person did. */
export class RevokedAdminKeyError extends FacetError {
  readonly code = "ADMIN_KEY_REVOKED";
  constructor() {
    super("The key in FACET_ADMIN_KEY was revoked. Configure another one, or none.");
  }
}

/** How the service comes by a key that may do everything. */
export type FirstAdminKey =
  | {
      /** Made just now: to be shown to a person, once. */
      readonly kind: "made";
      readonly key: string;
    }
  | { readonly kind: "exists" }
  | { readonly kind: "configured" };

/**
 * Sees to it that there is an admin key: the configured one, or one that exists, or a new one. Of several processes that
 * start at once, one makes it. A configured key takes the place of the one configured before.
 *
 * @throws RevokedAdminKeyError
 */
export async function ensureFirstAdminKey(prisma: PrismaClient, configuredKey?: string): Promise<FirstAdminKey> {
  if (configuredKey !== undefined) {
    await keepConfigured(prisma, hashKey(configuredKey));
    return { kind: "configured" };
  }
  if ((await prisma.apiKey.count({ where: { role: "admin", revokedAt: null } })) > 0) return { kind: "exists" };
  const key = makeKey();
  const data = { name: await findFreeName(prisma), role: "admin" as const, hash: hashKey(key) };
  const { count } = await prisma.apiKey.createMany({ data, skipDuplicates: true });
  return count === 1 ? { kind: "made", key } : { kind: "exists" };
}

/**
 * Names are never used again: where one was revoked, or a person gave it to a reader's key, the next has a number. It is
 * the same for all who start at once: an admin's key that is good is one that another of them has just made.
 */
async function findFreeName(prisma: PrismaClient): Promise<string> {
  const where = { name: { startsWith: MADE }, OR: [{ revokedAt: { not: null } }, { role: { not: "admin" as const } }] };
  const taken = new Set((await prisma.apiKey.findMany({ where, select: { name: true } })).map(({ name }) => name));
  let name = MADE;
  for (let number = 2; taken.has(name); number += 1) name = `${MADE} ${number}`;
  return name;
}

/** A key that is known under another name is kept as it is. */
async function keepConfigured(prisma: PrismaClient, hash: string): Promise<void> {
  const known = await prisma.apiKey.findUnique({ where: { hash } });
  if (known?.revokedAt != null) throw new RevokedAdminKeyError();
  if (known !== null) {
    await prisma.apiKey.update({ where: { hash }, data: { role: "admin" } });
    return;
  }
  await prisma.apiKey.upsert({
    where: { name: CONFIGURED },
    create: { name: CONFIGURED, role: "admin", hash },
    update: { role: "admin", hash, revokedAt: null },
  });
}
