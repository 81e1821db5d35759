import { ApiError } from "../graphql/errors.js";

const MAX_VIDEOS = 100;

/** @throws ApiError LIMIT_EXCEEDED, BAD_USER_INPUT */
export function readPageOfCovers(wish: {
  readonly videoIds: readonly string[];
  readonly diversity?: number | null | undefined;
}): { readonly videoIds: readonly string[]; readonly diversity: number } {
  const { videoIds } = wish;
  if (videoIds.length > MAX_VIDEOS) {
    throw new ApiError("LIMIT_EXCEEDED", `videoIds holds ${videoIds.length} ids: a page takes at most ${MAX_VIDEOS}.`);
  }
  const diversity = wish.diversity ?? 0;
  // Written so that NaN is refused, too.
  if (!(diversity >= 0 && diversity <= 1)) {
    throw new ApiError("BAD_USER_INPUT", `diversity is ${diversity}: it takes 0 to 1.`);
  }
  return { videoIds, diversity };
}
