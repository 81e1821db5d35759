import type { Resolvers } from "../generated/resolver-types.js";

export const imageResolvers: Resolvers = {
  Image: {
    srcset: (image, { widths }, { images }) => images.addressSet(image, widths),
  },
};
