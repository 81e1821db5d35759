import DataLoader from "dataloader";
import type { PrismaClient, SourceReplacement } from "../generated/prisma/client.js";

/** The sources that are to replace those of videos, for one request: however many videos ask, it is one statement. */
export type ReplacementLoader = DataLoader<string, SourceReplacement | null>;

export function makeReplacementLoader(prisma: PrismaClient): ReplacementLoader {
  return new DataLoader(async (videoIds) => {
    const rows = await prisma.sourceReplacement.findMany({ where: { videoId: { in: [...videoIds] } } });
    const found = new Map(rows.map((row) => [row.videoId, row]));
    return videoIds.map((videoId) => found.get(videoId) ?? null);
  });
}
