import { join } from "node:path";
import type { Config } from "../config/index.js";
import type { PrismaClient } from "../generated/prisma/client.js";
import { keepSecret } from "../keys/index.js";
import { DerivedImages } from "./derived-images.js";
import { FileCache } from "./file-cache.js";
import { ImageSigner } from "./image-signer.js";
import type { ImageStore } from "./image-store.js";

/** What pictures are served with, as it is configured. */
export interface ImageServing {
  readonly derivedImages: DerivedImages;
  /** Undefined where pictures are public. */
  readonly imageSigner: ImageSigner | undefined;
}

export async function openImageServing(
  config: Pick<Config, "imageAccess" | "imageUrlSeconds" | "imageSecret" | "imageCacheBytes">,
  parts: { readonly prisma: PrismaClient; readonly images: ImageStore; readonly dataDir: string },
): Promise<ImageServing> {
  const folder = join(parts.dataDir, "derived-images");
  const cache = config.imageCacheBytes === 0 ? undefined : await FileCache.open(folder, config.imageCacheBytes);
  return { derivedImages: new DerivedImages(parts.images, cache), imageSigner: await openSigner(config, parts.prisma) };
}

async function openSigner(
  { imageAccess, imageSecret, imageUrlSeconds }: Pick<Config, "imageAccess" | "imageUrlSeconds" | "imageSecret">,
  prisma: PrismaClient,
): Promise<ImageSigner | undefined> {
  if (imageAccess === "public") return undefined;
  const secret = imageSecret === undefined ? await keepSecret(prisma, "image addresses") : Buffer.from(imageSecret);
  return new ImageSigner(secret, imageUrlSeconds);
}
