export type { CoverBasis, CoverReason } from "./cover.js";
export { FacetError } from "./facet-error.js";
export type { FrameQuality } from "./frame-quality.js";
export { InvalidIdError, parseImageHash, parseUserId, parseVideoId } from "./ids.js";
export type { ImageHash, UserId, VideoId } from "./ids.js";
export { firstThatWorks } from "./first-that-works.js";
export type { Choice, Skipped } from "./first-that-works.js";
