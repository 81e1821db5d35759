import { timingSafeEqual } from "node:crypto";
import type { ApiKeyRole, PrismaClient } from "../generated/prisma/client.js";
import { hashKey } from "./key-hash.js";

/** `lastUsedAt` is right to this much, and costs at most one write in it. */
const LAST_USED_STEP_MS = 60_000;

/** Whose request it is. */
export interface Caller {
  readonly id: string;
  readonly name: string;
  readonly role: ApiKeyRole;
}

/**
 * Finds whose key this is. Asks the database each time: a key that is revoked opens nothing from that moment on.
 *
 * @param key as it came after `Bearer `
 * @returns undefined where it is no key of ours, or is revoked
 */
export async function authenticate(prisma: PrismaClient, key: string): Promise<Caller | undefined> {
  const hash = hashKey(key);
  // How long the search takes depends on the hash alone, which a caller cannot steer towards another's.
  const found = await prisma.apiKey.findUnique({ where: { hash, revokedAt: null } });
  if (found === null || !timingSafeEqual(Buffer.from(found.hash), Buffer.from(hash))) return undefined;

  const now = new Date();
  const stale = new Date(now.getTime() - LAST_USED_STEP_MS);
  if (found.lastUsedAt === null || found.lastUsedAt < stale) {
    const where = { id: found.id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: stale } }] };
    await prisma.apiKey.updateMany({ where, data: { lastUsedAt: now } });
  }
  const { id, name, role } = found;
  return { id, name, role };
}
