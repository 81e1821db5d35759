import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../database/index.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { insertFeatures } from "./insert-features.js";
import { PostgresImageStore } from "./postgres-image-store.js";

const PICTURES = 64;
/** Of rows in two orders, five rounds in twelve ended in a deadlock. */
const ROUNDS = 30;

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test("two that write the features of the same pictures in different orders do not wait for each other", async () => {
  const pictures = Array.from({ length: PICTURES }, (_, n) => Uint8Array.of(n));
  const images = await new PostgresImageStore(database.prisma).keep(
    pictures.map((bytes) => ({ bytes, mime: "image/jpeg", width: 1, height: 1 })),
  );
  const made = images.map(({ hash }) => ({ imageHash: hash, feature: Float32Array.of(0.5) }));
  for (let round = 0; round < ROUNDS; round++) {
    const insert = (rows: typeof made) => insertFeatures(database.prisma, `encoder-${round}`, rows);
    await Promise.all([insert(made), insert([...made].reverse())]);
  }
  expect(await database.prisma.feature.count()).toBe(PICTURES * ROUNDS);
});
