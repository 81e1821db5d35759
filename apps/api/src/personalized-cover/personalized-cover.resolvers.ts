import { parseUserId, parseVideoId } from "@facet/domain";
import type { Resolvers } from "../generated/resolver-types.js";

export const personalizedCoverResolvers: Resolvers = {
  Query: {
    personalizedCover: (_root, { videoId, userId }, { auth, services }) => {
      auth.require("reader");
      return services.covers.choose(parseVideoId(videoId), parseUserId(userId));
    },
  },
  PersonalizedCover: {
    video: (cover, _args, { loaders }) => loaders.videos.load(cover.videoId),
    frame: (cover, _args, { loaders }) => loaders.frames.byId.load(cover.frameId),
    candidates: (cover) => cover.candidates,
  },
  ScoredFrame: {
    frame: (scored, _args, { loaders }) => loaders.frames.byId.load(scored.frameId),
  },
};
