import type { Prisma, PrismaClient } from "../generated/prisma/client.js";
import { findNeededUploads } from "./needed-uploads.js";
import type { UploadStore } from "./upload-store.js";

/** Sets these advisory locks apart from those of others in the same database. */
const LOCK_SEED = 0x0face8;
/** Room for the files of a whole bulk on a slow disk. */
const REMOVE_TIMEOUT_MS = 60_000;

/**
 * Sees to it that an upload stays until the end of the transaction in which something comes to need it. From then on it is
 * needed: whoever removes what nothing needs waits for that end, or has been first.
 *
 * @returns whether it is here
 */
export async function holdUpload(
  transaction: Prisma.TransactionClient,
  uploads: Pick<UploadStore, "isWhole">,
  id: string,
): Promise<boolean> {
  // As text: what the function gives, void, is no value to the driver.
  await transaction.$queryRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended(${id}, ${LOCK_SEED}))::text`;
  return uploads.isWhole(id);
}

/** Hands those of some uploads to `remove` that nothing needs. Until it has ended, nothing can come to need them. */
export async function removeUnneededUploads(
  prisma: PrismaClient,
  ids: readonly string[],
  remove: (id: string) => Promise<void>,
): Promise<void> {
  if (ids.length === 0) return;
  // In one order for everyone: two who remove the same uploads would wait for each other.
  const asked = [...new Set(ids)].sort();
  await prisma.$transaction(
    async (transaction) => {
      await transaction.$queryRaw`
        SELECT pg_advisory_xact_lock(hashtextextended(id, ${LOCK_SEED}))::text FROM unnest(${asked}::text[]) AS id`;
      const needed = await findNeededUploads(transaction, asked);
      await Promise.all(asked.filter((id) => !needed.has(id)).map(remove));
    },
    { timeout: REMOVE_TIMEOUT_MS },
  );
}
