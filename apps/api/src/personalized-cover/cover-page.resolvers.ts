import { parseUserId } from "@facet/domain";
import type { Resolvers } from "../generated/resolver-types.js";
import { isAskedFor } from "../graphql/is-asked-for.js";
import { chooseShown } from "./choose-shown.js";
import type { PageItem } from "./personalized-cover-service.js";
import { readPageOfCovers } from "./read-page-of-covers.js";

export const coverPageResolvers: Resolvers = {
  Query: {
    personalizedCovers: async (_root, { userId, ...wish }, { auth, services, loaders }, info) => {
      auth.require("reader");
      const { videoIds, diversity } = readPageOfCovers(wish);
      const viewer = parseUserId(userId);
      const shown = isAskedFor(info, "candidates") ? "ALL" : "CHOSEN";
      const choose = () => services.covers.choosePage(videoIds, viewer, diversity);
      const items = await chooseShown(loaders.frames.byId, shown, choose, coversOf);
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

const coversOf = (items: readonly PageItem[]) => items.flatMap((item) => (item.kind === "cover" ? [item.cover] : []));

const typeOf = ({ code }: { readonly code: "VIDEO_NOT_FOUND" | "VIDEO_NOT_READY" }) =>
  code === "VIDEO_NOT_FOUND" ? "VideoNotFound" : "VideoNotReady";
