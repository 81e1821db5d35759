import type { GraphQLResolveInfo } from "graphql";
import type { Resolvers } from "../generated/resolver-types.js";
import { readPageRequest, toConnection, type Connection } from "../graphql/connection.js";
import type { RequestContext } from "../graphql/context.js";
import { isAskedFor } from "../graphql/is-asked-for.js";
import { isUuid } from "../graphql/is-uuid.js";
import type { CoverDecision } from "./cover-decision.js";
import type { DecisionLoaders } from "./decision-loaders.js";
import { readShownFrames } from "./read-shown-frames.js";

export const decisionListResolvers: Resolvers = {
  Viewer: {
    decisions: ({ id }, args, { loaders }, info) => listOf(loaders, "ofViewer", id, args, info),
  },
  Video: {
    decisions: ({ id }, args, { loaders }, info) => listOf(loaders, "ofVideo", id, args, info),
  },
};

/** A decision whose frame went since it was read went with it. */
async function listOf(
  { decisions, frames }: RequestContext["loaders"],
  owner: keyof DecisionLoaders,
  ownerId: string,
  args: Parameters<typeof readPageRequest>[0],
  info: GraphQLResolveInfo,
): Promise<Connection<CoverDecision>> {
  const page = readPageRequest(args, isUuid);
  const found = await decisions[owner].load({ ownerId, page });
  const list = toConnection(page, found, ({ decidedAt, decisionId }) => ({ at: decidedAt, id: decisionId }));
  const shown = isAskedFor(info, "candidates") ? "ALL" : "CHOSEN";
  const whole = await readShownFrames(frames.byId, list.nodes, shown);
  return {
    ...list,
    edges: list.edges.filter(({ node }) => whole.has(node)),
    nodes: list.nodes.filter((node) => whole.has(node)),
  };
}
