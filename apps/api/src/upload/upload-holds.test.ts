import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Database } from "../database/index.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { untilSomebodyWaits } from "../database/until-somebody-waits.fixture.js";
import { VideoService } from "../video/video-service.js";
import { VideoSources } from "../video/video-sources.js";
import { removeUnneededUploads } from "./upload-holds.js";
import { UploadStore } from "./upload-store.js";

let folder: string;
let database: Database;
let uploads: UploadStore;
let uploadId: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "facet-holds-"));
  uploads = await UploadStore.open(folder, 10);
  database = await openTestDatabase();
});
beforeEach(async () => {
  uploadId = (await uploads.receive(Readable.from([Buffer.from("film")]), "video/mp4", 4)).id;
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

/** @param enqueue the last that a registration does before its transaction ends */
function register(id: string, enqueue: () => Promise<void> = () => Promise.resolve()) {
  const sources = new VideoSources(uploads, null as never, null as never);
  return new VideoService(database.prisma, { enqueue }, sources).register({ id, source: { uploadId } });
}

test("an upload that a registration has begun with is not removed: the registration wins whole", async () => {
  let removal: Promise<void> | undefined;
  const outcome = await register("winner", async () => {
    removal = removeUnneededUploads(database.prisma, [uploadId], (id) => uploads.remove(id));
    await untilSomebodyWaits(database.prisma);
  });
  await removal;
  expect(outcome).toMatchObject({ ok: true, value: { id: "winner", status: "PENDING" } });
  expect(await uploads.isWhole(uploadId)).toBe(true);
});

test("of an upload that is being removed nothing is registered, and the registration says so at once", async () => {
  let registering: ReturnType<typeof register> | undefined;
  await removeUnneededUploads(database.prisma, [uploadId], async (id) => {
    registering = register("loser");
    await untilSomebodyWaits(database.prisma);
    await uploads.remove(id);
  });
  const error = { code: "UPLOAD_NOT_FOUND", field: "source.uploadId" };
  expect(await registering).toMatchObject({ ok: false, error });
  expect(await database.prisma.video.count({ where: { id: "loser" } })).toBe(0);
});
