import { createHash } from "node:crypto";
import { parseImageHash, type ImageHash } from "@facet/domain";
import { isMissingReference } from "../database/is-missing-reference.js";
import type { PrismaClient } from "../generated/prisma/client.js";
import type { ImageStore, NewImage, StoredImage } from "./image-store.js";

/** Keeps pictures in Postgres, so that a backup of it holds all there is. */
export class PostgresImageStore implements ImageStore {
  constructor(private readonly prisma: PrismaClient) {}

  async keep(images: readonly NewImage[]): Promise<StoredImage[]> {
    const named = images.map((image) => ({
      ...image,
      hash: parseImageHash(createHash("sha256").update(image.bytes).digest("hex")),
    }));
    const where = { hash: { in: named.map(({ hash }) => hash) } };
    const known = new Set(
      (await this.prisma.image.findMany({ where, select: { hash: true } })).map(({ hash }) => hash),
    );
    // One by one: a statement with sixty pictures would hold all of them in memory once more.
    for (const { bytes, hash, mime, width, height } of named) {
      if (known.has(hash)) continue;
      const data = { hash, mime, width, height, sizeBytes: bytes.byteLength, bytes: Uint8Array.from(bytes) };
      await this.prisma.image.createMany({ data, skipDuplicates: true });
    }
    return named.map(({ hash, mime, width, height }) => ({ hash, mime, width, height }));
  }

  async find(hash: ImageHash): Promise<StoredImage | undefined> {
    const select = { mime: true, width: true, height: true };
    const row = await this.prisma.image.findUnique({ where: { hash }, select });
    return row === null ? undefined : { hash, ...row };
  }

  async removeUnused(hashes: readonly ImageHash[]): Promise<void> {
    // One by one: one that somebody begins to use right now is refused by its foreign key, and costs no other.
    for (const hash of hashes) {
      const where = { hash, frames: { none: {} }, likes: { none: {} } };
      await this.prisma.image.deleteMany({ where }).catch((error: unknown) => {
        if (!isMissingReference(error)) throw error;
      });
    }
  }

  async read(hash: ImageHash): Promise<(StoredImage & { readonly bytes: Uint8Array }) | undefined> {
    const select = { mime: true, width: true, height: true, bytes: true };
    const row = await this.prisma.image.findUnique({ where: { hash }, select });
    return row === null ? undefined : { hash, ...row };
  }
}
