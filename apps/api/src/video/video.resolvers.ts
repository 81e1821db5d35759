import { parseVideoId } from "@facet/domain";
import type { Resolvers, VideoFailureCode } from "../generated/resolver-types.js";
import { readPageRequest, toConnection } from "../graphql/connection.js";

export const videoResolvers: Resolvers = {
  Query: {
    video: (_root, { id }, { auth, services }) => {
      auth.require("reader");
      return services.videos.find(parseVideoId(id));
    },
    videos: async (_root, { first, after, status }, { auth, services }) => {
      auth.require("reader");
      const page = readPageRequest({ first, after });
      const found = await services.videos.list(page, status ?? undefined);
      return toConnection(page, found, (video) => ({ at: video.registeredAt, id: video.id }));
    },
  },
  Mutation: {
    registerVideo: async (_root, { input }, { auth, services }) => {
      auth.require("admin");
      const result = await services.videos.register(input);
      return result.ok ? { video: result.value, userErrors: [] } : { video: null, userErrors: [result.error] };
    },
  },
  Video: {
    failure: ({ failureCode, failureMessage }) =>
      failureCode === null ? null : { code: failureCode as VideoFailureCode, message: failureMessage ?? "" },
    candidateFrames: (video, _args, { loaders }) => loaders.frames.ofVideo.load(video.id),
  },
};
