import { randomUUID } from "node:crypto";
import { parseUserId } from "@facet/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../database/index.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { HistoryDescriptions } from "../personalized-cover/history-descriptions.js";
import { ViewerDeletion } from "./viewer-deletion.js";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test("what is in memory of a viewer's likes goes with the viewer, and nobody else's", async () => {
  const described: string[] = [];
  const scorer = {
    modelVersion: "m",
    describeHistories: () => {
      const none = new Float32Array();
      return Promise.resolve([{ modelVersion: "m", likedImages: 1, states: none, kindMean: none, directions: none }]);
    },
  };
  const descriptions = new HistoryDescriptions(scorer, (userId) => {
    described.push(userId);
    return Promise.resolve({ historyVersion: 1, features: [new Float32Array(1)] });
  });
  const viewers = ["ann", "ann,b", "bob"].map((id) => parseUserId(id));
  await database.prisma.viewer.createMany({ data: viewers.map((id) => ({ id })) });
  const describeAll = async () => {
    for (const userId of viewers) {
      await descriptions.describe({ userId, viewerSince: new Date(0), historyVersion: 1 });
    }
  };
  await describeAll();
  const deletion = new ViewerDeletion(database.prisma, descriptions, { forget: () => Promise.resolve() });
  const caller = { id: randomUUID(), name: "a key", role: "admin" } as const;
  expect(await deletion.delete(caller, "ann")).toMatchObject({ ok: true, value: { id: "ann" } });
  await describeAll();
  expect(described).toEqual([...viewers, "ann"]);
});
