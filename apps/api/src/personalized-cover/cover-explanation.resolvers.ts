import type { Resolvers } from "../generated/resolver-types.js";

export const coverExplanationResolvers: Resolvers = {
  PersonalizedCover: {
    why: (cover) => cover,
  },
  CoverExplanation: {
    contributions: (cover, _args, { loaders }) => loaders.contributions.load(cover),
    quality: async (cover, _args, { loaders }) => (await loaders.frames.byId.load(cover.frameId)).quality,
    shot: async (cover, _args, { loaders }) => (await loaders.frames.byId.load(cover.frameId)).shot,
  },
};
