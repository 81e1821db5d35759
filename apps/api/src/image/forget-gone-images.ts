import type { PrismaClient } from "../generated/prisma/client.js";
import type { DerivedImages } from "./derived-images.js";

/** Forgets what was made of those of some pictures that are not kept any more. */
export async function forgetGoneImages(
  prisma: PrismaClient,
  derivedImages: Pick<DerivedImages, "forget">,
  hashes: readonly string[],
): Promise<void> {
  if (hashes.length === 0) return;
  const kept = await prisma.image.findMany({ where: { hash: { in: [...hashes] } }, select: { hash: true } });
  const gone = new Set(hashes);
  for (const { hash } of kept) gone.delete(hash);
  if (gone.size > 0) await derivedImages.forget(gone);
}
