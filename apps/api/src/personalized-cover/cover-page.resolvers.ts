import { parseUserId } from "@facet/domain";
import type { Resolvers } from "../generated/resolver-types.js";
import { readPageOfCovers } from "./read-page-of-covers.js";

export const coverPageResolvers: Resolvers = {
  Query: {
    personalizedCovers: async (_root, { userId, ...wish }, { auth, services }) => {
      auth.require("reader");
      const { videoIds, diversity } = readPageOfCovers(wish);
      const items = await services.covers.choosePage(videoIds, parseUserId(userId), diversity);
      return items.map((item) => (item.kind === "cover" ? item.cover : item.problem));
    },
  },
  PersonalizedCoverResult: { __resolveType: (result) => ("code" in result ? typeOf(result) : "PersonalizedCover") },
  CoverProblem: { __resolveType: (problem) => typeOf(problem) },
  VideoNotReady: {
    retryAfterSeconds: (problem) => problem.retryAfterSeconds ?? null,
    failure: (problem) => problem.failure ?? null,
  },
};

const typeOf = ({ code }: { readonly code: "VIDEO_NOT_FOUND" | "VIDEO_NOT_READY" }) =>
  code === "VIDEO_NOT_FOUND" ? "VideoNotFound" : "VideoNotReady";
