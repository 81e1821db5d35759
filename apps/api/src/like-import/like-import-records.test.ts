import { parseUserId } from "@facet/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { storeFrames } from "../candidate-frame/stored-frames.fixture.js";
import type { Database } from "../database/index.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { untilSomebodyWaits } from "../database/until-somebody-waits.fixture.js";
import { LikedImageRecords } from "../liked-image/liked-image-records.js";
import { lockViewer } from "../liked-image/lock-viewer.js";
import { LikeImportRecords } from "./like-import-records.js";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test("a batch that waits for one of its viewers has no picture in hand that others could wait for", async () => {
  const { prisma } = database;
  const [frame] = await storeFrames(prisma, "film", 1);
  if (frame === undefined) throw new Error("A frame was asked for.");
  const userIds = ["ann", "bob"].map(parseUserId);
  await prisma.viewer.createMany({ data: userIds.map((id) => ({ id })) });
  const likes = new LikedImageRecords(prisma, 50);
  const { id } = await prisma.likeImport.create({ data: { uploadId: "a", totalBytes: 10, status: "RUNNING" } });
  const like = { imageHash: frame.imageHash, sourceKind: "FRAME", likedAt: new Date(0) } as const;
  const lines = userIds.map((userId, n) => ({ line: n + 1, taken: { ok: true, userId, like } as const }));
  const batch = { lines, viewers: await likes.findLiking(userIds), doneBytes: 10, seenLines: 2 };

  let recording: Promise<void> | undefined;
  await prisma.$transaction(
    async (transaction) => {
      await lockViewer(transaction, parseUserId("bob"));
      recording = new LikeImportRecords(prisma, likes).record(id, 0n, batch);
      await untilSomebodyWaits(prisma);
      await transaction.$queryRaw`SELECT 1 FROM image WHERE hash = ${frame.imageHash} FOR UPDATE NOWAIT`;
    },
    { timeout: 30_000 },
  );
  await recording;
  expect(await prisma.likedImage.count()).toBe(2);
});
