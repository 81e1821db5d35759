import { randomUUID } from "node:crypto";
import { parseUserId } from "@facet/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../database/index.js";
import type { PrismaClient } from "../generated/prisma/client.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { untilSomebodyWaits } from "../database/until-somebody-waits.fixture.js";
import { lockViewer } from "../liked-image/lock-viewer.js";
import { ViewerOptOut } from "./viewer-opt-out.js";

let database: Database;
const caller = { id: randomUUID(), name: "a key", role: "admin" } as const;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test("an opt-out that is set while the viewer's row is being removed is kept", async () => {
  const { prisma } = database;
  const userId = parseUserId("ann");
  await prisma.viewer.create({ data: { id: userId } });
  let setting: ReturnType<ViewerOptOut["set"]> | undefined;
  await prisma.$transaction(
    async (transaction) => {
      await lockViewer(transaction, userId);
      setting = new ViewerOptOut(prisma).set(caller, userId, true);
      await untilSomebodyWaits(prisma);
      await transaction.viewer.delete({ where: { id: userId } });
    },
    { timeout: 30_000 },
  );
  expect(await setting).toMatchObject({ ok: true, value: { optedOut: true } });
  expect(await prisma.viewer.findUnique({ where: { id: userId } })).toMatchObject({ optedOut: true });
  expect(await prisma.auditEvent.count({ where: { userId, action: "SET_VIEWER_OPT_OUT" } })).toBe(1);
});

test("to opt in again a viewer who comes just then and is deleted at once is no error, and changes nothing", async () => {
  const { prisma } = database;
  const id = parseUserId("bob");
  const meddled = prisma.$extends({
    query: {
      // The first statement, which finds nobody to lock; then comes somebody.
      $queryRaw: async ({ args, query }) => {
        const rows: unknown = await query(args);
        await prisma.viewer.create({ data: { id, optedOut: true } });
        return rows;
      },
      viewer: {
        findUnique: async ({ args, query }) => {
          const found = await query(args);
          await prisma.viewer.delete({ where: { id } });
          return found;
        },
      },
    },
  });
  const outcome = await new ViewerOptOut(meddled as unknown as PrismaClient).set(caller, id, false);
  expect(outcome).toMatchObject({ ok: true, value: { id, optedOut: false, historyVersion: 0 } });
  expect(await prisma.auditEvent.count({ where: { userId: id } })).toBe(0);
});
