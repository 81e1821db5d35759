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
    video: (cover, _args, { loaders }) => loaders.videos.load(cover.videoId),
    frame: (cover, _args, { loaders }) => loaders.frames.byId.load(cover.frameId),
    candidates: (cover) => cover.candidates,
  },
  ScoredFrame: {
    frame: (scored, _args, { loaders }) => loaders.frames.byId.load(scored.frameId),
  },
};
