export { FacetRequestError, FacetUserError } from "./errors.js";
export type { UserFault } from "./errors.js";
export { FacetClient } from "./facet-client.js";
export type { CoverOrProblem, FacetClientOptions, LikeResult, RequestOptions, UploadBody } from "./facet-client.js";
export { CandidateFramesDocument, TypedDocumentString } from "./generated/operations.js";
export type { CoverFragment, FrameFragment, LikeFragment, VideoStateFragment } from "./generated/operations.js";
