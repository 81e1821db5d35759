import type { PrismaClient } from "../generated/prisma/client.js";
import { makeOwnedPageLoader, type OwnedPageLoader } from "../graphql/owned-page-loader.js";
import type { CoverDecision } from "./cover-decision.js";
import { toDecision } from "./to-decision.js";

/** The decisions that are kept, for one request. */
export interface DecisionLoaders {
  readonly ofViewer: OwnedPageLoader<CoverDecision>;
  readonly ofVideo: OwnedPageLoader<CoverDecision>;
}

export function makeDecisionLoaders(prisma: PrismaClient): DecisionLoaders {
  const ofOwner = (owner: "user_id" | "video_id"): OwnedPageLoader<CoverDecision> =>
    makeOwnedPageLoader(
      prisma,
      { table: "cover_decision", owner, at: "decided_at" },
      async (ids) => (await prisma.coverDecision.findMany({ where: { id: { in: [...ids] } } })).map(toDecision),
      ({ decisionId }) => decisionId,
    );
  return { ofViewer: ofOwner("user_id"), ofVideo: ofOwner("video_id") };
}
