import type { Resolvers } from "../generated/resolver-types.js";

export const likedImageResolvers: Resolvers = {
  Mutation: {
    recordLikedImage: async (_root, { input }, { auth, services }) => {
      auth.require("admin");
      const result = await services.likedImages.record(input);
      return result.ok
        ? { likedImage: result.value, userErrors: [] }
        : { likedImage: null, userErrors: [result.error] };
    },
    recordLikedImages: async (_root, { input }, { auth, services }) => {
      auth.require("admin");
      const outcome = await services.likedImages.recordMany(input);
      if (!outcome.ok) return { results: [], userErrors: [outcome.error] };
      const results = outcome.value.map((result, index) => ({
        index,
        likedImage: result.ok ? result.value : null,
        userErrors: result.ok ? [] : [result.error],
      }));
      return { results, userErrors: [] };
    },
    removeLikedImage: async (_root, { input }, { auth, services }) => {
      auth.require("admin");
      const result = await services.likedImages.remove(input);
      return result.ok
        ? { likedImage: result.value, userErrors: [] }
        : { likedImage: null, userErrors: [result.error] };
    },
  },
  LikedImage: {
    image: (like, wish, { images }) => images.address(like.image, wish),
  },
};
