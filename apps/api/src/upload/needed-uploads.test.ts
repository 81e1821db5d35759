import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../database/index.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { findNeededUploads } from "./needed-uploads.js";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test("an upload is needed by a video, by what is to take a video's place, and by an import until it has ended", async () => {
  const { video, sourceReplacement, likeImport } = database.prisma;
  const [ofVideo, toCome, queued, running, done, failed, ofNobody] = Array.from({ length: 7 }, () => randomUUID());
  const ids = [ofVideo, toCome, queued, running, done, failed, ofNobody].map(String);
  const upload = (sourceRef = "") => ({ sourceKind: "UPLOAD" as const, sourceRef });
  await video.create({ data: { id: "film", ...upload(ofVideo) } });
  await sourceReplacement.create({ data: { videoId: "film", revision: 2, ...upload(toCome) } });
  // A path, or an address, that happens to be called so is no upload.
  await video.create({ data: { id: "of a path", sourceKind: "PATH", sourceRef: String(ofNobody) } });
  for (const [uploadId = "", status, ended] of [
    [queued, "QUEUED", {}],
    [running, "RUNNING", {}],
    [done, "DONE", { finishedAt: new Date(0) }],
    [failed, "FAILED", { finishedAt: new Date(0), failureCode: "LIMIT_EXCEEDED", failureMessage: "Too many lines." }],
  ] as const) {
    await likeImport.create({ data: { uploadId, status, ...ended, totalBytes: 1 } });
  }
  expect([...(await findNeededUploads(database.prisma, ids))].sort()).toEqual(ids.slice(0, 4).sort());
  expect((await findNeededUploads(database.prisma, ids.slice(4))).size).toBe(0);
});
