import sharp from "sharp";
import { packFeature } from "../../apps/api/src/image/feature-bytes.js";
import { PostgresImageStore } from "../../apps/api/src/image/postgres-image-store.js";
import type { TestService } from "./facet-service.fixture.js";

export interface StoredFrame {
  readonly id: string;
  readonly imageHash: string;
}

/**
 * A video as an ingest leaves it, without one: its frames are plain colours, their features seeded random directions. For
 * tests of what becomes of videos and frames, not of what they show.
 *
 * @param colours of the frames, by time: 0..255; a colour is one picture, whichever video shows it
 */
export async function storeVideo(
  { prisma, models: { encoder } }: Pick<TestService, "prisma" | "models">,
  id: string,
  colours: readonly number[],
): Promise<StoredFrame[]> {
  const pictures = await Promise.all(colours.map(plainPicture));
  const images = await new PostgresImageStore(prisma).keep(
    pictures.map((bytes) => ({ bytes, mime: "image/png", width: 16, height: 9 })),
  );
  await prisma.feature.createMany({
    data: images.map(({ hash: imageHash }, position) => ({
      ...{ imageHash, encoderVersion: encoder.version },
      vector: packFeature(randomDirection(encoder.width, colours[position] ?? 0)),
    })),
    skipDuplicates: true,
  });
  const rows = images.map(({ hash: imageHash }, index) => ({
    ...{ imageHash, index, timestampMs: index * 40, shot: index, ...MEASURES, qualityScore: 1 / (index + 2) },
  }));
  const { frames } = await prisma.video.create({
    data: {
      ...{ id, sourceKind: "PATH", sourceRef: `${encodeURIComponent(id)}.mp4`, status: "READY", readyAt: new Date() },
      ...{ durationMs: 1000, width: 16, height: 9, sizeBytes: 1, ingestStage: "DONE", ingestProgress: 1 },
      frames: { create: rows },
    },
    include: { frames: { orderBy: { index: "asc" } } },
  });
  return frames;
}

/** A picture of one grey. */
export function plainPicture(colour: number): Promise<Buffer> {
  const background = { r: colour, g: colour, b: colour };
  return sharp({ create: { width: 16, height: 9, channels: 3, background } })
    .png()
    .toBuffer();
}

const MEASURES = {
  ...{ brightness: 0.5, contrast: 0.2, sharpness: 0.01, uniformity: 0.1, colourfulness: 0.2 },
  ...{ clipping: 0, noise: 0.005, smear: 0.1, detail: 0.9, text: 0, steadiness: 1, unsafeScore: 0 },
};

function randomDirection(width: number, seed: number): Float32Array {
  let state = seed + 1;
  // A linear congruential generator (Numerical Recipes): enough for directions that differ.
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32 - 0.5;
  const vector = Float32Array.from({ length: width }, next);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
