import type { PrismaClient } from "../generated/prisma/client.js";
import { freeName } from "./free-name.js";
import { keepConfiguredKey } from "./keep-configured-key.js";
import { hashKey, makeKey } from "./key-hash.js";

const MADE = "first admin key";

/** How the service comes by a key that may do everything. */
export type FirstAdminKey =
  | {
      /** Made just now: to be shown to a person, once. */
      readonly kind: "made";
      readonly key: string;
    }
  | { readonly kind: "exists" }
  | {
      readonly kind: "configured";
      /** Names of the keys whose place it took just now: they open nothing any more. */
      readonly replaced: readonly string[];
    };

/**
 * Sees to it that there is an admin key: the configured one, or one that exists, or a new one. Of several processes that
 * start at once, one makes it. A configured key takes the place of the one configured before.
 *
 * @throws RevokedAdminKeyError
 * @throws StartError where a reader's key is configured
 */
export async function ensureFirstAdminKey(prisma: PrismaClient, configuredKey?: string): Promise<FirstAdminKey> {
  if (configuredKey !== undefined) {
    return { kind: "configured", replaced: await keepConfiguredKey(prisma, hashKey(configuredKey)) };
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
  return freeName(MADE, taken);
}
