import type { FeatureEncoder } from "@facet/feature-encoder";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../database/index.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { FeatureStore } from "./feature-store.js";
import { PostgresImageStore } from "./postgres-image-store.js";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

async function picture(red: number): Promise<Uint8Array> {
  const background = { r: red, g: 0, b: 0 };
  return sharp({ create: { width: 8, height: 8, channels: 3, background } })
    .png()
    .toBuffer();
}

test("a feature that many ask for at once is made once, and few are made at a time", async () => {
  const images = new PostgresImageStore(database.prisma);
  const pictures = await Promise.all([10, 20, 30, 40, 50, 60].map(picture));
  const kept = await images.keep(pictures.map((bytes) => ({ bytes, mime: "image/png", width: 8, height: 8 })));
  const hashes = kept.map(({ hash }) => hash);
  let [made, underWay, most] = [0, 0, 0];
  const encoder = {
    version: "an-encoder",
    firstConvolutionUnit: async () => {
      made += 1;
      most = Math.max(most, ++underWay);
      for (let turn = 0; turn < 3; turn++) await database.prisma.$queryRaw`SELECT 1`; // others come meanwhile
      underWay -= 1;
      return [{ feature: Float32Array.of(1), unsafeScore: 0 }];
    },
  } as unknown as FeatureEncoder;
  const store = new FeatureStore(database.prisma, images, encoder);

  // Each begins with another.
  const asked = hashes.map((_, first) => [...hashes.slice(first), ...hashes.slice(0, first)]);
  const found = await Promise.all(asked.map((each) => store.find(each)));
  expect(found.map(({ size }) => size)).toEqual(asked.map(({ length }) => length));
  expect(made).toBe(hashes.length);
  expect(most).toBeLessThanOrEqual(2);
});
