import type { Resolvers } from "../generated/resolver-types.js";
import type { Outcome } from "../graphql/user-errors.js";
import type { Video } from "../generated/prisma/client.js";
import type { RuledFrame } from "./owner-rules.js";

export const ownerRuleResolvers: Resolvers = {
  Mutation: {
    pinCover: async (_root, { input }, { auth, services }) =>
      answerFrame(await services.ownerRules.pin(auth.require("admin"), input)),
    unpinCover: async (_root, { input }, { auth, services }) =>
      answerVideo(await services.ownerRules.unpin(auth.require("admin"), input.videoId)),
    banFrame: async (_root, { input }, { auth, services }) =>
      answerFrame(await services.ownerRules.ban(auth.require("admin"), input)),
    unbanFrame: async (_root, { input }, { auth, services }) =>
      answerFrame(await services.ownerRules.unban(auth.require("admin"), input)),
    setVideoPersonalization: async (_root, { input: { videoId, personalized } }, { auth, services }) =>
      answerVideo(await services.ownerRules.setPersonalization(auth.require("admin"), videoId, personalized)),
  },
  Video: {
    pinnedFrame: async (video, _args, { loaders }) => {
      const frames = await loaders.frames.ofVideo.load(video.id);
      return frames.find((frame) => frame.ruling === "PINNED") ?? null;
    },
  },
};

function answerFrame(outcome: Outcome<RuledFrame>) {
  return outcome.ok ? { ...outcome.value, userErrors: [] } : { video: null, frame: null, userErrors: [outcome.error] };
}

function answerVideo(outcome: Outcome<Video>) {
  return outcome.ok ? { video: outcome.value, userErrors: [] } : { video: null, userErrors: [outcome.error] };
}
