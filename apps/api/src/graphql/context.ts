import type { CandidateFrameLoaders } from "../candidate-frame/candidate-frame-loaders.js";
import { allows, NO_KEY, type Role } from "../http/auth.js";
import type { LikedImageService } from "../liked-image/liked-image-service.js";
import type { PersonalizedCoverService } from "../personalized-cover/personalized-cover-service.js";
import type { VideoLoader } from "../video/video-loader.js";
import type { VideoService } from "../video/video-service.js";
import type { ViewerService } from "../viewer/viewer-service.js";
import { ApiError } from "./errors.js";

/** What resolvers call. Lives as long as the process. */
export interface Services {
  readonly videos: VideoService;
  readonly viewers: ViewerService;
  readonly likedImages: LikedImageService;
  readonly covers: PersonalizedCoverService;
}

/** What a resolver is given. Lives as long as the request. */
export interface RequestContext {
  readonly auth: Authorization;
  readonly services: Services;
  readonly loaders: { readonly videos: VideoLoader; readonly frames: CandidateFrameLoaders };
  /** The address of the service as this caller reaches it, without a slash at its end. */
  readonly baseUrl: string;
}

/** Whose request it is, and what that allows. */
export class Authorization {
  constructor(private readonly caller: { readonly role: Role } | undefined) {}

  /** @throws ApiError UNAUTHENTICATED without a known key, FORBIDDEN where its role does not suffice */
  require(role: Role): void {
    if (this.caller === undefined) throw new ApiError("UNAUTHENTICATED", NO_KEY);
    if (!allows(this.caller.role, role)) throw new ApiError("FORBIDDEN", `This needs a key with the role ${role}.`);
  }
}
