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
    video: ({ videoId, shown }, _args, { loaders }) => shown?.video ?? loaders.videos.load(videoId),
    // A page may show another frame than the one that was decided.
    frame: ({ frameId, shown }, _args, { loaders }) =>
      shown?.frame.id === frameId ? shown.frame : loaders.frames.byId.load(frameId),
    candidates: (cover) => cover.candidates,
  },
  ScoredFrame: {
    frame: (scored, _args, { loaders }) => loaders.frames.byId.load(scored.frameId),
  },
};
