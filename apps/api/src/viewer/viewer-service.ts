import type { UserId } from "@facet/domain";
import type { PrismaClient, Viewer } from "../generated/prisma/client.js";
import { behindPosition, type PageRequest } from "../graphql/connection.js";

/** Viewers: found, listed. They come into being with their first like or cover. */
export class ViewerService {
  constructor(private readonly prisma: PrismaClient) {}

  find(id: UserId): Promise<Viewer | null> {
    return this.prisma.viewer.findUnique({ where: { id } });
  }

  /** Those that came last first; one more than asked for where there are more. */
  list({ first, after }: PageRequest, optedOut: boolean | undefined): Promise<Viewer[]> {
    return this.prisma.viewer.findMany({
      where: { ...(optedOut !== undefined && { optedOut }), ...behindPosition("createdAt", after) },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: first + 1,
    });
  }
}
