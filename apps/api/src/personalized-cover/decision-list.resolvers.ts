import type { Resolvers } from "../generated/resolver-types.js";
import { readPageRequest, toConnection, type Connection, type PageRequest } from "../graphql/connection.js";
import { isUuid } from "../graphql/is-uuid.js";
import type { CoverDecision } from "./cover-decision.js";

export const decisionListResolvers: Resolvers = {
  Viewer: {
    decisions: ({ id }, args, { services }) => page(args, (request) => services.decisions.ofViewer(id, request)),
  },
  Video: {
    decisions: ({ id }, args, { services }) => page(args, (request) => services.decisions.ofVideo(id, request)),
  },
};

async function page(
  args: Parameters<typeof readPageRequest>[0],
  find: (request: PageRequest) => Promise<CoverDecision[]>,
): Promise<Connection<CoverDecision>> {
  const request = readPageRequest(args, isUuid);
  return toConnection(request, await find(request), ({ decidedAt, decisionId }) => ({ at: decidedAt, id: decisionId }));
}
