import type { Resolvers } from "../generated/resolver-types.js";
import { addressImage } from "../image/image-url.js";

export const likedImageResolvers: Resolvers = {
  Mutation: {
    recordLikedImage: async (_root, { input }, { auth, services }) => {
      auth.require("admin");
      const result = await services.likedImages.record(input);
      return result.ok
        ? { likedImage: result.value, userErrors: [] }
        : { likedImage: null, userErrors: [result.error] };
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
    image: (like, wish, { baseUrl }) => addressImage(baseUrl, like.image, wish),
  },
};
