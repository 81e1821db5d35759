import type { UserId } from "@facet/domain";
import type { PrismaClient, Viewer } from "../generated/prisma/client.js";

/** Viewers: found. They come into being with their first like or cover. */
export class ViewerService {
  constructor(private readonly prisma: PrismaClient) {}

  find(id: UserId): Promise<Viewer | null> {
    return this.prisma.viewer.findUnique({ where: { id } });
  }
}
