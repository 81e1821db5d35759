import type { AuditEvents } from "../audit/audit-events.js";
import type { CandidateFrameLoaders } from "../candidate-frame/candidate-frame-loaders.js";
import { allows, NO_KEY, type Role } from "../http/auth.js";
import type { ImageAddresses } from "../image/image-addresses.js";
import type { Caller } from "../keys/index.js";
import type { LikeImportService } from "../like-import/index.js";
import type { LikedImageLoader } from "../liked-image/liked-image-loader.js";
import type { LikedImageService } from "../liked-image/liked-image-service.js";
import type { OwnerRules } from "../owner-rule/owner-rules.js";
import type { ContributionLoader } from "../personalized-cover/contribution-loader.js";
import type { CoverExplainer } from "../personalized-cover/cover-explainer.js";
import type { PersonalizedCoverService } from "../personalized-cover/personalized-cover-service.js";
import type { ViewerDeletion } from "../privacy/viewer-deletion.js";
import type { ViewerExport } from "../privacy/viewer-export.js";
import type { ViewerOptOut } from "../privacy/viewer-opt-out.js";
import type { DecisionLoaders } from "../personalized-cover/decision-loaders.js";
import type { VideoChanges } from "../video/video-changes.js";
import type { ReplacementLoader } from "../video/replacement-loader.js";
import type { VideoDeletion } from "../video/video-deletion.js";
import type { VideoLoader } from "../video/video-loader.js";
import type { VideoService } from "../video/video-service.js";
import type { ViewerService } from "../viewer/viewer-service.js";
import { ApiError } from "./errors.js";

/** What resolvers call. Lives as long as the process. */
export interface Services {
  readonly videos: VideoService;
  readonly videoChanges: VideoChanges;
  readonly viewers: ViewerService;
  readonly likedImages: LikedImageService;
  readonly likeImports: LikeImportService;
  readonly covers: PersonalizedCoverService;
  readonly explainer: CoverExplainer;
  readonly ownerRules: OwnerRules;
  readonly viewerOptOut: ViewerOptOut;
  readonly viewerExport: ViewerExport;
  readonly viewerDeletion: ViewerDeletion;
  readonly videoDeletion: VideoDeletion;
  readonly auditEvents: AuditEvents;
}

/** What a resolver is given. Lives as long as the request. */
export interface RequestContext {
  readonly auth: Authorization;
  readonly services: Services;
  readonly loaders: {
    readonly videos: VideoLoader;
    readonly replacements: ReplacementLoader;
    readonly frames: CandidateFrameLoaders;
    readonly contributions: ContributionLoader;
    readonly decisions: DecisionLoaders;
    readonly likedImages: LikedImageLoader;
  };
  /** Where this caller fetches pictures. */
  readonly images: ImageAddresses;
  /** The address of the service as this caller reaches it, without a slash at its end. */
  readonly baseUrl: string;
}

/** Whose request it is, and what that allows. */
export class Authorization {
  constructor(private readonly known: Caller | undefined) {}

  /** Whose key came with the request: its id and name are what an audit keeps. @throws ApiError UNAUTHENTICATED */
  get caller(): Caller {
    if (this.known === undefined) throw new ApiError("UNAUTHENTICATED", NO_KEY);
    return this.known;
  }

  /** @throws ApiError UNAUTHENTICATED without a known key, FORBIDDEN where its role does not suffice */
  require(role: Role): Caller {
    const { caller } = this;
    if (!allows(caller.role, role)) throw new ApiError("FORBIDDEN", `This needs a key with the role ${role}.`);
    return caller;
  }
}
