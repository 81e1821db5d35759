import { parseImageHash, type ImageHash } from "@facet/domain";
import type { PrismaClient } from "../generated/prisma/client.js";
import { PostgresImageStore } from "../image/postgres-image-store.js";

export interface StoredFrame {
  readonly id: string;
  readonly imageHash: ImageHash;
}

/** A video that is ready, with frames whose pictures are a byte each. */
export async function storeFrames(prisma: PrismaClient, videoId: string, count: number): Promise<StoredFrame[]> {
  const pictures = Array.from({ length: count }, (_, index) => Uint8Array.of(index));
  const images = await new PostgresImageStore(prisma).keep(
    pictures.map((bytes) => ({ bytes, mime: "image/jpeg", width: 1, height: 1 })),
  );
  const quality = {
    ...{ brightness: 0.5, contrast: 0.2, sharpness: 0.01, uniformity: 0.1, colourfulness: 0.2 },
    ...{ clipping: 0, noise: 0.005, smear: 0.1, detail: 0.9, text: 0, steadiness: 1 },
  };
  const rows = images.map(({ hash: imageHash }, index) => ({
    ...{ imageHash, index, timestampMs: index * 40, shot: 0, ...quality, qualityScore: 0.5, unsafeScore: 0 },
  }));
  const facts = { durationMs: 1000, width: 1, height: 1, sizeBytes: 1, readyAt: new Date() };
  const { frames } = await prisma.video.create({
    data: {
      ...{ id: videoId, sourceKind: "PATH", sourceRef: "a.mp4", status: "READY" },
      ...facts,
      frames: { create: rows },
    },
    include: { frames: { orderBy: { index: "asc" } } },
  });
  return frames.map((frame) => ({ id: frame.id, imageHash: parseImageHash(frame.imageHash) }));
}
