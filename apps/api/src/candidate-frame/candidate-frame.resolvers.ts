import type { Resolvers } from "../generated/resolver-types.js";

export const candidateFrameResolvers: Resolvers = {
  CandidateFrame: {
    image: (frame, wish, { images }) => images.address(frame.image, wish),
  },
};
