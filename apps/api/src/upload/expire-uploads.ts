import type { PrismaClient } from "../generated/prisma/client.js";
import type { TusUploads } from "./tus-uploads.js";
import { removeUnneededUploads } from "./upload-holds.js";
import type { UploadStore } from "./upload-store.js";

/** As many ids as one statement is asked about. */
const BATCH = 500;

export interface ExpiryParts {
  readonly prisma: PrismaClient;
  readonly uploads: UploadStore;
  readonly tusUploads: TusUploads;
}

/**
 * Removes uploads that nothing was done with for long, whole or not. One that a video or an import still needs stays; a
 * liked image needs its upload no more, for it is kept elsewhere.
 *
 * @param unusedSince removes what was neither written to nor asked for since
 * @returns ids of those that were removed
 */
export async function expireUploads(parts: ExpiryParts, unusedSince: Date): Promise<string[]> {
  const { prisma, uploads, tusUploads } = parts;
  const removed: string[] = [];
  const old = await uploads.listUnused(unusedSince);
  for (let start = 0; start < old.length; start += BATCH) {
    const batch = old.slice(start, start + BATCH);
    await removeUnneededUploads(prisma, batch, async (id) => {
      // Who began to go on with it meanwhile still can.
      if (!(await uploads.removeUnused(id, unusedSince))) return;
      await tusUploads.forget(id);
      removed.push(id);
    });
  }
  return removed;
}
