import type { PrismaClient } from "../generated/prisma/client.js";
import type { DerivedImages } from "./derived-images.js";
import { forgetGoneImages } from "./forget-gone-images.js";

const BATCH = 500;

/** Forgets what was made of pictures that are gone: a viewer who was deleted leaves nothing on disk either. */
export async function forgetDerived(prisma: PrismaClient, derivedImages: DerivedImages): Promise<void> {
  const sources = await derivedImages.listSources();
  for (let start = 0; start < sources.length; start += BATCH) {
    await forgetGoneImages(prisma, derivedImages, sources.slice(start, start + BATCH));
  }
}
