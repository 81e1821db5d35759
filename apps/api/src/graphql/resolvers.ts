import { auditResolvers } from "../audit/audit.resolvers.js";
import { candidateFrameResolvers } from "../candidate-frame/candidate-frame.resolvers.js";
import type { Resolvers } from "../generated/resolver-types.js";
import { imageResolvers } from "../image/image.resolvers.js";
import { likeImportResolvers } from "../like-import/like-import.resolvers.js";
import { likedImageResolvers } from "../liked-image/liked-image.resolvers.js";
import { coverExplanationResolvers } from "../personalized-cover/cover-explanation.resolvers.js";
import { coverPageResolvers } from "../personalized-cover/cover-page.resolvers.js";
import { decisionListResolvers } from "../personalized-cover/decision-list.resolvers.js";
import { ownerRuleResolvers } from "../owner-rule/owner-rule.resolvers.js";
import { personalizedCoverResolvers } from "../personalized-cover/personalized-cover.resolvers.js";
import { privacyResolvers } from "../privacy/privacy.resolvers.js";
import { videoDeletionResolvers } from "../video/video-deletion.resolvers.js";
import { videoResolvers } from "../video/video.resolvers.js";
import { viewerResolvers } from "../viewer/viewer.resolvers.js";
import { guardRootFields } from "./access.js";
import { dateTime } from "./date-time.js";
import { jsonObject } from "./json-object.js";

/** Every noun's resolvers, none of whose root fields answers without a key. Apollo Server joins them. */
export const resolvers: Resolvers[] = guardRootFields([
  { DateTime: dateTime, JSONObject: jsonObject },
  auditResolvers,
  candidateFrameResolvers,
  imageResolvers,
  likedImageResolvers,
  likeImportResolvers,
  coverExplanationResolvers,
  coverPageResolvers,
  decisionListResolvers,
  ownerRuleResolvers,
  personalizedCoverResolvers,
  privacyResolvers,
  videoResolvers,
  videoDeletionResolvers,
  viewerResolvers,
]);
