import { createHash } from "node:crypto";
import { readPicture } from "@facet/frame-extraction";
import sharp from "sharp";
import type { PrismaClient } from "../../apps/api/src/generated/prisma/client.js";
import { packFeature } from "../../apps/api/src/image/feature-bytes.js";
import type { Models } from "../../apps/api/src/check-models.js";
import { photoPath, type PhotoName } from "./material.fixture.js";

/** A picture in the database, with the feature that the encoder makes of it. */
export interface StoredPicture {
  readonly hash: string;
  readonly feature: Float32Array;
}

/** Stores views of a photograph, each a little further to the right: different pictures that look alike. */
export async function storeViews(
  prisma: PrismaClient,
  encoder: Models["encoder"],
  name: PhotoName,
  count: number,
): Promise<StoredPicture[]> {
  const whole = await sharp(photoPath(name)).resize(400, 225, { fit: "cover" }).toBuffer();
  const views = await Promise.all(
    Array.from({ length: count }, (_, view) =>
      sharp(whole).extract({ left: view, top: 0, width: 380, height: 214 }).jpeg().toBuffer(),
    ),
  );
  const pictures = await Promise.all(views.map((bytes) => readPicture(bytes)));
  const encoded = await encoder.firstConvolutionUnit(pictures.map(({ rgb }) => rgb));
  const stored = encoded.map(({ feature }, view) => {
    const bytes = Uint8Array.from(views[view] ?? []);
    return { hash: createHash("sha256").update(bytes).digest("hex"), bytes, feature };
  });
  await prisma.image.createMany({
    data: stored.map(({ hash, bytes }) => ({
      ...{ hash, mime: "image/jpeg", sizeBytes: bytes.length, width: 380, height: 214, bytes },
    })),
  });
  await prisma.feature.createMany({
    data: stored.map(({ hash, feature }) => ({
      ...{ imageHash: hash, encoderVersion: encoder.version, vector: packFeature(feature) },
    })),
  });
  return stored;
}

/** Stores videos that are ready without ingesting them, each with one frame of every picture, half a second apart. */
export async function storeVideos(
  prisma: PrismaClient,
  videos: ReadonlyMap<string, readonly StoredPicture[]>,
): Promise<void> {
  const facts = { durationMs: 60_000, width: 380, height: 214, sizeBytes: 1, readyAt: new Date() };
  await prisma.video.createMany({
    data: [...videos.keys()].map((id) => ({
      ...{ id, sourceKind: "PATH", sourceRef: "a.mp4", status: "READY" },
      ...facts,
    })),
  });
  const quality = {
    ...{ brightness: 0.5, contrast: 0.2, sharpness: 0.01, uniformity: 0.1, colourfulness: 0.2 },
    ...{ clipping: 0, noise: 0.005, smear: 0.1, detail: 0.9, text: 0, steadiness: 1, unsafeScore: 0 },
  };
  await prisma.candidateFrame.createMany({
    data: [...videos].flatMap(([videoId, pictures]) =>
      pictures.map(({ hash }, index) => ({
        ...{ videoId, imageHash: hash, index, timestampMs: index * 500, shot: index },
        // The later, the worse: what is chosen by quality is known.
        ...{ ...quality, qualityScore: 0.9 - index / 100 },
      })),
    ),
  });
}

/** Stores a viewer who liked pictures, a minute apart, the last of them now. */
export async function storeViewer(prisma: PrismaClient, id: string, liked: readonly StoredPicture[]): Promise<void> {
  await prisma.viewer.create({ data: { id, historyVersion: liked.length } });
  const now = Date.now();
  await prisma.likedImage.createMany({
    data: liked.map(({ hash: imageHash }, place) => ({
      ...{ userId: id, imageHash, sourceKind: "UPLOAD" },
      likedAt: new Date(now - (liked.length - 1 - place) * 60_000),
    })),
  });
}

/** Cosine of two features: what the pictures have in common. */
export function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, place) => sum + value * (y[place] ?? 0), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
