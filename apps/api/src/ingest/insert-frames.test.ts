import { measureQuality, qualityScore } from "@facet/frame-extraction";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../database/index.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { unpackFeature } from "../image/feature-bytes.js";
import { insertFeatures } from "../image/insert-features.js";
import { PostgresImageStore } from "../image/postgres-image-store.js";
import { insertFrames } from "./insert-frames.js";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const FRAMES = [0, 1, 2].map((index) => ({
  ...{ index, timestampMs: index * 40, shot: index, width: 3, height: 3, unsafeScore: index / 10 },
  quality: measureQuality(
    Uint8Array.from({ length: 27 }, (_, n) => (n * 37 * (index + 1)) % 256),
    3,
    3,
  ),
  feature: Float32Array.of(index, 1),
}));

test("frames and features are stored as they are given, each in one statement", async () => {
  const { prisma } = database;
  await prisma.video.create({ data: { id: "film", sourceKind: "PATH", sourceRef: "a.mp4" } });
  const pictures = FRAMES.map(({ index }) => ({
    bytes: Uint8Array.of(index),
    mime: "image/jpeg",
    width: 3,
    height: 3,
  }));
  const images = new PostgresImageStore(prisma);
  const hashes = (await images.keep(pictures)).map(({ hash }) => hash);
  expect((await images.keep(pictures)).map(({ hash }) => hash)).toEqual(hashes);

  const features = FRAMES.map(({ feature }, n) => ({ imageHash: hashes[n] ?? "", feature }));
  await insertFeatures(prisma, "v1", features);
  await insertFeatures(prisma, "v1", features);
  await insertFrames(
    prisma,
    "film",
    FRAMES.map((frame, n) => ({ frame, imageHash: hashes[n] ?? "" })),
  );

  const rows = await prisma.candidateFrame.findMany({ orderBy: { index: "asc" }, omit: { id: true } });
  expect(rows).toEqual(
    FRAMES.map(({ index, timestampMs, shot, quality, unsafeScore }, n) => ({
      ...{ videoId: "film", imageHash: hashes[n], index, timestampMs, shot, unsafeScore, ruling: "NONE" },
      ...{ ...quality, qualityScore: qualityScore(quality, unsafeScore) },
    })),
  );
  const stored = await prisma.feature.findMany({ where: { encoderVersion: "v1" } });
  const read = new Map(stored.map(({ imageHash, vector }) => [imageHash, unpackFeature(vector)]));
  expect(hashes.map((hash) => read.get(hash))).toEqual(FRAMES.map(({ feature }) => feature));
});
