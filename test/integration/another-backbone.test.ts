import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadFeatureEncoder, readBackboneFile, writeBackboneFolder } from "@facet/feature-encoder";
import { defineArchitecture } from "@facet/interest-attention";
import { disposeWeights, initialiseWeights, saveModel } from "@facet/interest-attention/training";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../../apps/api/src/database/open-database.js";
import { openTestDatabase } from "../../apps/api/src/database/test-database.fixture.js";
import { EncoderMismatchError } from "../../apps/api/src/check-models.js";
import { selectTensorBackend } from "../../apps/api/src/tensor-backend.js";
import { makeTinyBackbone } from "../../packages/feature-encoder/src/tiny-backbone.fixture.js";
import { chooseCover, recordLikedImage, registerVideo, untilIngested, type Cover } from "./facet-calls.fixture.js";
import { startTestService, type TestService } from "./facet-service.fixture.js";
import { makePhotoClip, photoPart } from "./material.fixture.js";

let folder: string;
let database: Database;
/** A backbone and a scorer of its features, as the environment gives them. */
let tiny: { readonly FACET_BACKBONE: string; readonly FACET_MODEL: string };
let encoderVersion: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "facet-backbone-"));
  database = await openTestDatabase();
  await selectTensorBackend();
  const file = await writeBackboneFolder({ ...(await makeTinyBackbone()), unsafe: "none" }, join(folder, "backbone"));
  const picture = { height: 224, width: 224 };
  const encoder = await loadFeatureEncoder({ backbone: await readBackboneFile(file), picture });
  encoderVersion = encoder.version;
  const architecture = defineArchitecture({ featureWidth: encoder.width, categories: 2 });
  const weights = initialiseWeights(architecture, 1);
  const facts = { encoderVersion, architecture, categories: ["a", "b"] };
  await saveModel(join(folder, "model"), facts, weights);
  disposeWeights(weights);
  encoder.dispose();
  tiny = { FACET_BACKBONE: file, FACET_MODEL: join(folder, "model") };
});

afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

async function withService<T>(
  environment: Readonly<Record<string, string>>,
  use: (service: TestService) => Promise<T>,
) {
  const service = await startTestService({ DATABASE_URL: database.connectionString, ...environment });
  try {
    return await use(service);
  } finally {
    await service.close();
  }
}

test("what was ingested with one backbone is encoded anew by another, and both keep their features", async () => {
  const before = await withService({}, async ({ client }): Promise<Cover> => {
    const uploadId = await client.upload(await makePhotoClip("black-canyon", "dust-bowl-home"), "video/mp4");
    await registerVideo(client, { id: "film", source: { uploadId } });
    await untilIngested(client, "film");
    const base64 = (await photoPart("black-canyon", "left")).toString("base64");
    await recordLikedImage(client, { userId: "ann", source: { base64 } });
    return chooseCover(client, "film", "ann");
  });
  const after = await withService(tiny, ({ client }) => chooseCover(client, "film", "ann"));

  expect(after).toMatchObject({ basis: "PERSONALIZED", reason: "SCORED" });
  expect(after.modelVersion).not.toBe(before.modelVersion);
  expect(after.candidates.map(({ frame }) => frame.id)).toEqual(before.candidates.map(({ frame }) => frame.id));
  const features = await database.prisma.feature.groupBy({ by: ["encoderVersion"], _count: true });
  const pictures = before.candidates.length + 1; // the frames and the like
  expect(features.map(({ _count }) => _count)).toEqual([pictures, pictures]);
  expect(features.map((group) => group.encoderVersion)).toContain(encoderVersion);
  // Back again: the decision of then still stands, since nothing that it rests on has changed.
  const back = await withService({}, ({ client }) => chooseCover(client, "film", "ann"));
  expect(back.decisionId).toBe(before.decisionId);
});

test("a backbone without the scorer for it, or the scorer without its backbone, is refused at start", async () => {
  for (const alone of [{ FACET_BACKBONE: tiny.FACET_BACKBONE }, { FACET_MODEL: tiny.FACET_MODEL }]) {
    const starting = startTestService(alone);
    await expect(starting).rejects.toThrow(EncoderMismatchError);
    await expect(starting).rejects.toThrow(encoderVersion);
    await expect(starting).rejects.toThrow("FACET_MODEL and FACET_BACKBONE belong together");
  }
});

test.each([
  ["FACET_BACKBONE", "BACKBONE_FILE"],
  ["FACET_MODEL", "CANNOT_START"],
])("%s that names nothing is refused at start, with the path", async (name, code) => {
  const path = join(folder, "no-such-folder");
  const starting = startTestService({ ...tiny, [name]: path });
  await expect(starting).rejects.toMatchObject({ code, message: expect.stringContaining(path) as string });
});
