import { FacetError } from "@facet/domain";
import type { PrismaClient } from "../generated/prisma/client.js";
import { hashKey, makeKey } from "./key-hash.js";

const MADE = "first admin key";
const CONFIGURED = "configured admin key";

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
  // Where those made before were revoked, the next has a number: the same for all who start at once, whoever is first.
  const revoked = await prisma.apiKey.count({ where: { name: { startsWith: MADE }, revokedAt: { not: null } } });
  const name = revoked === 0 ? MADE : `${MADE} ${revoked + 1}`;
  const data = { name, role: "admin" as const, hash: hashKey(key) };
  const { count } = await prisma.apiKey.createMany({ data, skipDuplicates: true });
  return count === 1 ? { kind: "made", key } : { kind: "exists" };
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
