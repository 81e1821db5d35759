import { candidateFrameResolvers } from "../candidate-frame/candidate-frame.resolvers.js";
import type { Resolvers } from "../generated/resolver-types.js";
import { likedImageResolvers } from "../liked-image/liked-image.resolvers.js";
import { personalizedCoverResolvers } from "../personalized-cover/personalized-cover.resolvers.js";
import { videoResolvers } from "../video/video.resolvers.js";
import { viewerResolvers } from "../viewer/viewer.resolvers.js";
import { dateTime } from "./date-time.js";

/** Every noun's resolvers. Apollo Server joins them. */
export const resolvers: Resolvers[] = [
  { DateTime: dateTime },
  candidateFrameResolvers,
  likedImageResolvers,
  personalizedCoverResolvers,
  videoResolvers,
  viewerResolvers,
];
