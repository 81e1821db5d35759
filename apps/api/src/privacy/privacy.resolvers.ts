import { parseUserId } from "@facet/domain";
import type { Resolvers } from "../generated/resolver-types.js";
import { addressExport } from "./export-address.js";

export const privacyResolvers: Resolvers = {
  Query: {
    exportViewer: async (_root, { userId }, { auth, services, baseUrl }) => {
      auth.require("admin");
      const id = parseUserId(userId);
      const size = await services.viewerExport.measure(id);
      return size === undefined ? null : { ...size, url: addressExport(baseUrl, id) };
    },
  },
  Mutation: {
    setViewerOptOut: async (_root, { input: { userId, optedOut } }, { auth, services }) => {
      const result = await services.viewerOptOut.set(auth.require("admin"), userId, optedOut);
      return result.ok ? { viewer: result.value, userErrors: [] } : { viewer: null, userErrors: [result.error] };
    },
    deleteViewer: async (_root, { input: { userId } }, { auth, services }) => {
      const result = await services.viewerDeletion.delete(auth.require("admin"), userId);
      return result.ok ? { viewer: result.value, userErrors: [] } : { viewer: null, userErrors: [result.error] };
    },
  },
};
