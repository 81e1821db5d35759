import type { PrismaClient } from "../generated/prisma/client.js";
import { makeOwnedPageLoader, type OwnedPageLoader } from "../graphql/owned-page-loader.js";
import { likeSelection, type LikedImageRecord } from "./liked-image-records.js";

/** The likes of viewers, for one request. */
export type LikedImageLoader = OwnedPageLoader<LikedImageRecord>;

export function makeLikedImageLoader(prisma: PrismaClient): LikedImageLoader {
  return makeOwnedPageLoader(
    prisma,
    { table: "liked_image", owner: "user_id", at: "liked_at" },
    (ids) => prisma.likedImage.findMany({ where: { id: { in: [...ids] } }, ...likeSelection }),
    ({ id }) => id,
  );
}
