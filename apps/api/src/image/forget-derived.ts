import type { PrismaClient } from "../generated/prisma/client.js";
import type { DerivedImages } from "./derived-images.js";

const BATCH = 500;

/** Forgets what was made of pictures that are gone: a viewer who was deleted leaves nothing on disk either. */
export async function forgetDerived(prisma: PrismaClient, derivedImages: DerivedImages): Promise<void> {
  const sources = derivedImages.listSources();
  for (let start = 0; start < sources.length; start += BATCH) {
    const batch = sources.slice(start, start + BATCH);
    const kept = await prisma.image.findMany({ where: { hash: { in: batch } }, select: { hash: true } });
    const gone = new Set(batch);
    for (const { hash } of kept) gone.delete(hash);
    if (gone.size > 0) await derivedImages.forget(gone);
  }
}
