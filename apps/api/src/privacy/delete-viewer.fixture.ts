import { randomUUID } from "node:crypto";
import type { PrismaClient } from "../generated/prisma/client.js";
import { ViewerDeletion } from "./viewer-deletion.js";

/** As `deleteViewer` does it, in a process that has nothing of the viewer in memory or on disk. */
export async function deleteViewer(prisma: PrismaClient, userId: string): Promise<void> {
  const elsewhere = { forget: () => Promise.resolve() };
  const deletion = new ViewerDeletion(prisma, { forget: () => undefined }, elsewhere);
  const outcome = await deletion.delete({ id: randomUUID(), name: "a key", role: "admin" }, userId);
  if (!outcome.ok) throw new Error(outcome.error.message);
}
