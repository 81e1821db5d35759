export { FacetOptionError, FacetRequestError, FacetUserError } from "./errors.js";
export type { UserFault } from "./errors.js";
export { FacetClient } from "./facet-client.js";
export type { CoverOrProblem, LikeResult, RequestOptions, UploadBody } from "./facet-client.js";
export type { FacetClientOptions } from "./options.js";
export { CandidateFramesDocument, TypedDocumentString } from "./generated/operations.js";
export type { CoverFragment, FrameFragment, LikeFragment, VideoStateFragment } from "./generated/operations.js";
