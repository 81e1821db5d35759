import { parseVideoId } from "@facet/domain";
import type { Video } from "../generated/prisma/client.js";
import type { Resolvers, UserError, VideoFailure, VideoFailureCode } from "../generated/resolver-types.js";
import { readPageRequest, toConnection } from "../graphql/connection.js";
import { ApiError } from "../graphql/errors.js";
import type { Outcome } from "../graphql/user-errors.js";

export const videoResolvers: Resolvers = {
  Query: {
    video: (_root, { id }, { auth, services }) => {
      auth.require("reader");
      return services.videos.find(parseVideoId(id));
    },
    videos: async (_root, { first, after, status, category }, { auth, services }) => {
      auth.require("reader");
      const page = readPageRequest({ first, after });
      const filter = { status: status ?? undefined, category: readFilter("category", category) };
      const found = await services.videos.list(page, filter);
      return toConnection(page, found, (video) => ({ at: video.registeredAt, id: video.id }));
    },
  },
  Mutation: {
    registerVideo: async (_root, { input }, { auth, services }) => {
      auth.require("admin");
      return toPayload(await services.videos.register(input));
    },
    retryIngest: async (_root, { input }, { auth, services }) => {
      auth.require("admin");
      return toPayload(await services.videoChanges.retryIngest(input));
    },
    replaceVideoSource: async (_root, { input }, { auth, services }) => {
      auth.require("admin");
      return toPayload(await services.videoChanges.replaceSource(input));
    },
    updateVideo: async (_root, { input }, { auth, services }) => {
      auth.require("admin");
      return toPayload(await services.videoChanges.update(input));
    },
  },
  Video: {
    failure: toFailure,
    ingest: async (video, _args, { loaders }) => ({
      ...{ stage: video.ingestStage, progress: video.ingestProgress, attempts: video.ingestAttempts },
      // Where all is done, there is no other source that could have failed.
      failure: toFailure(video.ingestStage === "DONE" ? video : ((await loaders.replacements.load(video.id)) ?? video)),
    }),
    candidateFrames: (video, _args, { loaders }) => loaders.frames.ofVideo.load(video.id),
  },
};

function toPayload(outcome: Outcome<Video>): { video: Video | null; userErrors: UserError[] } {
  return outcome.ok ? { video: outcome.value, userErrors: [] } : { video: null, userErrors: [outcome.error] };
}

function toFailure({
  failureCode,
  failureMessage,
}: Pick<Video, "failureCode" | "failureMessage">): VideoFailure | null {
  return failureCode === null ? null : { code: failureCode as VideoFailureCode, message: failureMessage ?? "" };
}

/** Postgres takes no NUL in text, and no text of ours is that long. */
function readFilter(name: string, text: string | null | undefined): string | undefined {
  if (text == null) return undefined;
  if (text.length <= 200 && !text.includes("\0")) return text;
  throw new ApiError("BAD_USER_INPUT", `${name} takes at most 200 characters, none of them NUL.`);
}
