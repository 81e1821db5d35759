import { randomUUID } from "node:crypto";
import { parseUserId } from "@facet/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { forgetUserId } from "../audit/record-act.js";
import type { Database } from "../database/index.js";
import { openTestDatabase } from "../database/test-database.fixture.js";
import { untilSomebodyWaits } from "../database/until-somebody-waits.fixture.js";
import { PostgresImageStore } from "../image/postgres-image-store.js";
import { lockViewer } from "../liked-image/lock-viewer.js";
import { ViewerExport } from "./viewer-export.js";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test("an export that is asked for while the viewer is being deleted is none, and no event names the viewer", async () => {
  const { prisma } = database;
  const userId = parseUserId("ann");
  await prisma.viewer.create({ data: { id: userId } });
  const viewers = new ViewerExport(prisma, new PostgresImageStore(prisma));
  const caller = { id: randomUUID(), name: "a key", role: "admin" } as const;
  let opening: ReturnType<ViewerExport["open"]> | undefined;
  await prisma.$transaction(
    async (transaction) => {
      await lockViewer(transaction, userId);
      await forgetUserId(transaction, userId);
      await transaction.viewer.delete({ where: { id: userId } });
      opening = viewers.open(caller, userId);
      // Whoever does not wait has answered by then.
      await Promise.race([opening, untilSomebodyWaits(prisma)]);
    },
    { timeout: 30_000 },
  );
  expect(await opening).toBeUndefined();
  expect(await prisma.auditEvent.count({ where: { userId } })).toBe(0);
});
