import DataLoader from "dataloader";
import type { PrismaClient, Video } from "../generated/prisma/client.js";

/** Videos for one request: however many places ask, it is one statement. */
export type VideoLoader = DataLoader<string, Video>;

export function makeVideoLoader(prisma: PrismaClient): VideoLoader {
  return new DataLoader(async (ids) => {
    const rows = await prisma.video.findMany({ where: { id: { in: [...ids] } } });
    const found = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => found.get(id) ?? new Error(`Video ${id} is gone.`));
  });
}
