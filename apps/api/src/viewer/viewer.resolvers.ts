import { parseUserId } from "@facet/domain";
import type { Resolvers } from "../generated/resolver-types.js";
import { readPageRequest, toConnection } from "../graphql/connection.js";
import { isUuid } from "../graphql/is-uuid.js";

export const viewerResolvers: Resolvers = {
  Query: {
    viewer: (_root, { id }, { auth, services }) => {
      auth.require("reader");
      return services.viewers.find(parseUserId(id));
    },
    viewers: async (_root, { first, after, optedOut }, { auth, services }) => {
      auth.require("reader");
      const page = readPageRequest({ first, after });
      const found = await services.viewers.list(page, optedOut ?? undefined);
      return toConnection(page, found, (viewer) => ({ at: viewer.createdAt, id: viewer.id }));
    },
  },
  Viewer: {
    likedImages: async (viewer, { first, after }, { loaders }) => {
      const page = readPageRequest({ first, after }, isUuid);
      const found = await loaders.likedImages.load({ ownerId: viewer.id, page });
      return toConnection(page, found, (like) => ({ at: like.likedAt, id: like.id }));
    },
  },
};
