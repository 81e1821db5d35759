import type { Prisma, PrismaClient } from "../generated/prisma/client.js";
import { behindPosition, type PageRequest } from "../graphql/connection.js";
import type { CoverDecision } from "./cover-decision.js";
import { toDecision } from "./decision-store.js";

/** The decisions that are kept, the newest first; one more than asked for where there are more. */
export class DecisionList {
  constructor(private readonly prisma: PrismaClient) {}

  ofViewer(userId: string, page: PageRequest): Promise<CoverDecision[]> {
    return this.#list({ userId }, page);
  }

  ofVideo(videoId: string, page: PageRequest): Promise<CoverDecision[]> {
    return this.#list({ videoId }, page);
  }

  async #list(whose: Prisma.CoverDecisionWhereInput, { first, after }: PageRequest): Promise<CoverDecision[]> {
    const rows = await this.prisma.coverDecision.findMany({
      where: { ...whose, ...behindPosition("decidedAt", after) },
      orderBy: [{ decidedAt: "desc" }, { id: "desc" }],
      take: first + 1,
    });
    return rows.map(toDecision);
  }
}
