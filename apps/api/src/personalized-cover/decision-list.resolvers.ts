import type { Resolvers } from "../generated/resolver-types.js";
import { readPageRequest, toConnection, type Connection } from "../graphql/connection.js";
import { isUuid } from "../graphql/is-uuid.js";
import type { OwnedPageLoader } from "../graphql/owned-page-loader.js";
import type { CoverDecision } from "./cover-decision.js";

export const decisionListResolvers: Resolvers = {
  Viewer: {
    decisions: ({ id }, args, { loaders }) => listOf(loaders.decisions.ofViewer, id, args),
  },
  Video: {
    decisions: ({ id }, args, { loaders }) => listOf(loaders.decisions.ofVideo, id, args),
  },
};

async function listOf(
  loader: OwnedPageLoader<CoverDecision>,
  ownerId: string,
  args: Parameters<typeof readPageRequest>[0],
): Promise<Connection<CoverDecision>> {
  const page = readPageRequest(args, isUuid);
  const found = await loader.load({ ownerId, page });
  return toConnection(page, found, ({ decidedAt, decisionId }) => ({ at: decidedAt, id: decisionId }));
}
