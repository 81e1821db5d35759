import { randomUUID } from "node:crypto";
import { parseUserId } from "@facet/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { forgetUserId, recordAct } from "../audit/record-act.js";
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

const caller = { id: randomUUID(), name: "a key", role: "admin" } as const;

test("an export that is asked for while the viewer is being deleted is none, and no event names the viewer", async () => {
  const { prisma } = database;
  const userId = parseUserId("ann");
  await prisma.viewer.create({ data: { id: userId } });
  const viewers = new ViewerExport(prisma, new PostgresImageStore(prisma));
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

test("an export holds every row in its order, however many pages of them there are", async () => {
  const { prisma } = database;
  const userId = parseUserId("bob");
  await prisma.viewer.create({ data: { id: userId } });
  const acts = Array.from({ length: 450 }, (_, turn) => turn);
  for (const turn of acts) {
    const [before, after] = [{ turn }, { turn: turn + 1 }];
    await recordAct(prisma, caller, { action: "SET_VIEWER_OPT_OUT", userId, before, after });
  }
  const pieces = await new ViewerExport(prisma, new PostgresImageStore(prisma)).open(caller, userId);
  let text = "";
  for await (const piece of pieces ?? []) text += piece;
  const { auditEvents } = JSON.parse(text) as { auditEvents: { action: string; before: { turn?: number } }[] };
  expect(auditEvents.map(({ before }) => before.turn)).toEqual([...acts, undefined]);
  expect(auditEvents.at(-1)?.action).toBe("EXPORT_VIEWER");
});
