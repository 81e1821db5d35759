import { FacetError } from "@facet/domain";
import type { Prisma, PrismaClient } from "../generated/prisma/client.js";
import { StartError } from "../start-error.js";
import { freeName } from "./free-name.js";

/** The name of the key in FACET_ADMIN_KEY; those that took its place have a number behind it. */
const CONFIGURED = "configured admin key";
const CONFIGURED_NAME = new RegExp(`^${CONFIGURED}( \\d+)?$`);
/** Sets this advisory lock apart from those of others in the same database. */
const LOCK = 0x0face9;

/** Thrown at start where the configured admin key was revoked: the environment does not undo what was done for good. */
export class RevokedAdminKeyError extends FacetError {
  readonly code = "ADMIN_KEY_REVOKED";
  constructor() {
    super(
      "The key in FACET_ADMIN_KEY was revoked, by a person or because another value of FACET_ADMIN_KEY took its place: " +
        "it is never taken again. Configure another one, or none.",
    );
  }
}

/** Whether it is a name that only the key in FACET_ADMIN_KEY may have. */
export function isConfiguredName(name: string): boolean {
  return CONFIGURED_NAME.test(name);
}

/**
 * Sees to it that the configured key is an admin's, and revokes the one that was configured before. No row is written over:
 * what was done with a key keeps its author, and what was revoked stays so. An admin's key that was made here is kept as it is.
 *
 * @param hash of the configured key
 * @returns the names of the keys that were revoked for it
 * @throws RevokedAdminKeyError
 * @throws StartError where it is a reader's key
 */
export function keepConfiguredKey(prisma: PrismaClient, hash: string): Promise<readonly string[]> {
  return prisma.$transaction(async (transaction) => {
    // One after the other: of several that start with different keys, two would revoke each other's.
    await transaction.$queryRaw`SELECT pg_advisory_xact_lock(${LOCK})::text`;
    const named = await findConfigured(transaction);
    const known = await transaction.apiKey.findUnique({ where: { hash } });
    if (known?.revokedAt != null) throw new RevokedAdminKeyError();
    if (known?.role === "reader") {
      throw new StartError(
        `FACET_ADMIN_KEY is the key "${known.name}", which is a reader's, and stays so. Configure another one, or none.`,
      );
    }
    if (known === null) {
      const name = freeName(CONFIGURED, new Set(named.map((key) => key.name)));
      await transaction.apiKey.create({ data: { name, role: "admin", hash } });
    }
    const former = named.filter((key) => key.hash !== hash && key.role === "admin" && key.revokedAt === null);
    const where = { id: { in: former.map(({ id }) => id) } };
    await transaction.apiKey.updateMany({ where, data: { revokedAt: new Date() } });
    return former.map(({ name }) => name);
  });
}

async function findConfigured(transaction: Prisma.TransactionClient) {
  const keys = await transaction.apiKey.findMany({ where: { name: { startsWith: CONFIGURED } } });
  return keys.filter(({ name }) => isConfiguredName(name));
}
