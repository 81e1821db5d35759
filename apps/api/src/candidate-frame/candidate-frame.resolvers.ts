import type { Resolvers } from "../generated/resolver-types.js";
import { addressImage } from "../image/image-url.js";

export const candidateFrameResolvers: Resolvers = {
  CandidateFrame: {
    image: (frame, wish, { baseUrl }) => addressImage(baseUrl, frame.image, wish),
  },
};
