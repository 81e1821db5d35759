import type { Resolvers } from "../generated/resolver-types.js";

export const videoDeletionResolvers: Resolvers = {
  Mutation: {
    deleteVideo: async (_root, { input }, { auth, services }) => {
      const result = await services.videoDeletion.delete(auth.caller, input.videoId);
      return result.ok ? { video: result.value, userErrors: [] } : { video: null, userErrors: [result.error] };
    },
  },
};
