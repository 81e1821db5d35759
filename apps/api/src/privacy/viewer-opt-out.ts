import { parseUserId } from "@facet/domain";
import { recordAct } from "../audit/record-act.js";
import type { PrismaClient, Viewer } from "../generated/prisma/client.js";
import { blameField, settleInput, type Outcome } from "../graphql/user-errors.js";
import type { Caller } from "../keys/index.js";
import { lockOrMakeViewer, lockViewer } from "../liked-image/lock-viewer.js";

/** Whether viewers are given personal covers at all: their own word. */
export class ViewerOptOut {
  constructor(private readonly prisma: PrismaClient) {}

  /** Raises the version of the viewer's history where it changes something, so that the next query decides anew. */
  set(caller: Caller, userId: string, optedOut: boolean): Promise<Outcome<Viewer>> {
    return settleInput(async () => {
      const id = await blameField("userId", ["INVALID_ID"], () => parseUserId(userId));
      return this.prisma.$transaction(async (transaction) => {
        // Of a viewer that is not known nothing is kept just to say what holds anyway.
        const locked = optedOut ? await lockOrMakeViewer(transaction, id) : await lockViewer(transaction, id);
        // One that has come since is not locked, and may be gone again before anything is written.
        if (locked === undefined) return { id, optedOut, historyVersion: 0, createdAt: new Date() };
        const viewer = await transaction.viewer.findUniqueOrThrow({ where: { id } });
        if (viewer.optedOut === optedOut) return viewer;
        const [before, after] = [{ optedOut: viewer.optedOut }, { optedOut }];
        await recordAct(transaction, caller, { action: "SET_VIEWER_OPT_OUT", userId: id, before, after });
        return transaction.viewer.update({ where: { id }, data: { optedOut, historyVersion: { increment: 1 } } });
      });
    });
  }
}
