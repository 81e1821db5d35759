import { parseUserId } from "@facet/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { storeFrames } from "../candidate-frame/stored-frames.fixture.js";
import type { Database } from "../database/index.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import type { PrismaClient } from "../generated/prisma/client.js";
import { LikedImageRecords } from "./liked-image-records.js";
import { readHistories } from "./read-histories.js";

let database: Database;
let records: LikedImageRecords;
const [ann, bob] = [parseUserId("ann"), parseUserId("bob")];

beforeAll(async () => {
  database = await openTestDatabase();
  records = new LikedImageRecords(database.prisma, 50);
  const frames = await storeFrames(database.prisma, "film", 4);
  for (const userId of [ann, bob]) {
    const likes = frames.map(({ imageHash }, day) => ({
      ...{ imageHash, sourceKind: "FRAME" as const, likedAt: new Date(Date.UTC(2026, 0, 1 + day)) },
    }));
    await records.record({ userId, since: null, deletions: [] }, likes);
  }
});
afterAll(() => database.close());

const daysOf = (history: Awaited<ReturnType<typeof readHistories>>, userId: string) =>
  history.get(userId)?.likes.map(({ likedAt }) => likedAt.getUTCDate());

test("of each viewer the newest likes are read, the oldest of them first, and of who is not known nothing", async () => {
  const histories = await readHistories(database.prisma, [ann, bob, ann, "nobody"], 3);
  expect([...histories.keys()].sort()).toEqual([ann, bob]);
  for (const userId of [ann, bob]) expect(daysOf(histories, userId)).toEqual([2, 3, 4]);
  expect(histories.get(ann)?.version).toBe(1);
});

test("a history one of whose likes goes while it is read is left out, and costs nobody else's", async () => {
  const { prisma } = database;
  // Reads the likes only once one of them is gone since their ids were read.
  const likedImage = {
    findMany: async (asked: Parameters<PrismaClient["likedImage"]["findMany"]>[0]) => {
      const { id } = await prisma.likedImage.findFirstOrThrow({ where: { userId: bob }, orderBy: { likedAt: "desc" } });
      await records.remove(bob, id);
      return prisma.likedImage.findMany(asked);
    },
  };
  const racing = { $queryRaw: prisma.$queryRaw.bind(prisma), likedImage } as unknown as PrismaClient;
  const histories = await readHistories(racing, [ann, bob], 3);
  expect([...histories.keys()]).toEqual([ann]);
  expect(daysOf(await readHistories(prisma, [bob], 3), bob)).toEqual([1, 2, 3]);
});
