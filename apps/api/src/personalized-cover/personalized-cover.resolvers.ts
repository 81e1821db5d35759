import { parseUserId, parseVideoId } from "@facet/domain";
import type { Resolvers } from "../generated/resolver-types.js";
import { isAskedFor } from "../graphql/is-asked-for.js";
import { chooseShown } from "./choose-shown.js";

export const personalizedCoverResolvers: Resolvers = {
  Query: {
    personalizedCover: (_root, { videoId, userId }, { auth, services, loaders }, info) => {
      auth.require("reader");
      const [video, viewer] = [parseVideoId(videoId), parseUserId(userId)];
      const shown = isAskedFor(info, "candidates") ? "ALL" : "CHOSEN";
      const choose = () => services.covers.choose(video, viewer);
      return chooseShown(loaders.frames.byId, shown, choose, (cover) => [cover]);
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
