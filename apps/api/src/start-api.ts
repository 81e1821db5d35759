import { AuditEvents } from "./audit/audit-events.js";
import type { ChangeFeed } from "./changes/index.js";
import type { Services } from "./graphql/context.js";
import { Housekeeping } from "./housekeeping.js";
import { listen } from "./http/listen.js";
import { forgetDerived } from "./image/forget-derived.js";
import { LikeImportService } from "./like-import/index.js";
import { HistoryReader } from "./liked-image/history-reader.js";
import { LikedImageService } from "./liked-image/liked-image-service.js";
import { readHistories } from "./liked-image/read-histories.js";
import { enginesOf } from "./check-models.js";
import { OwnerRules } from "./owner-rule/owner-rules.js";
import { CandidateCache } from "./personalized-cover/candidate-cache.js";
import { CandidateReader } from "./personalized-cover/candidate-reader.js";
import { CoverCache } from "./personalized-cover/cover-cache.js";
import { CoverDecider } from "./personalized-cover/cover-decider.js";
import { CoverDiversifier } from "./personalized-cover/cover-diversifier.js";
import { CoverExplainer } from "./personalized-cover/cover-explainer.js";
import { DecisionStore } from "./personalized-cover/decision-store.js";
import { HistoryDescriptions } from "./personalized-cover/history-descriptions.js";
import { PersonalizedCoverService } from "./personalized-cover/personalized-cover-service.js";
import { ViewerDeletion } from "./privacy/viewer-deletion.js";
import { ViewerExport } from "./privacy/viewer-export.js";
import { ViewerOptOut } from "./privacy/viewer-opt-out.js";
import type { SharedParts } from "./shared-parts.js";
import { VideoChanges } from "./video/video-changes.js";
import { VideoDeletion } from "./video/video-deletion.js";
import { VideoService } from "./video/video-service.js";
import { VideoSources } from "./video/video-sources.js";
import { ViewerService } from "./viewer/viewer-service.js";

/** A viewer's newest likes are its history; older ones are kept but decide nothing. */
const HISTORY_LENGTH = 50;

const HOUSEKEEPING_EVERY_MS = 10 * 60 * 1000;

/** The role of the API: answers over HTTP. Any number of processes may have it. Gives its address. */
export async function startApi(parts: SharedParts, changes: ChangeFeed): Promise<string> {
  const { config, log, releasers, prisma, dataDir, uploads, tusUploads, images, imageServing } = parts;
  const { derivedImages } = imageServing;
  const housekeeping = new Housekeeping(
    { "forget derived images": () => forgetDerived(prisma, derivedImages) },
    HOUSEKEEPING_EVERY_MS,
    log,
  );
  releasers.add(() => housekeeping.stop());
  housekeeping.start();
  const services = makeServices(parts, changes);
  return listen({
    engines: enginesOf(parts),
    ...{ config, log, releasers, prisma, changes, services, uploads, tusUploads, images, dataDir, ...imageServing },
  });
}

function makeServices(parts: SharedParts, changes: ChangeFeed): Services {
  const { prisma, uploads, images, likes, intake, ingestQueue: queue } = parts;
  const { derivedImages } = parts.imageServing;
  const videoSources = new VideoSources(uploads, parts.mediaRoot, parts.remoteFiles);
  const covers = makeCoverServices(parts, changes);
  return {
    videos: new VideoService(prisma, queue, videoSources),
    videoChanges: new VideoChanges(prisma, queue, videoSources),
    viewers: new ViewerService(prisma),
    likedImages: new LikedImageService(likes, intake, parts.discardUploads, parts.config.likesWithinSeconds),
    likeImports: new LikeImportService(prisma, parts.likeImportQueue, uploads),
    covers: covers.covers,
    explainer: covers.explainer,
    ownerRules: new OwnerRules(prisma),
    viewerOptOut: new ViewerOptOut(prisma),
    viewerExport: new ViewerExport(prisma, images),
    viewerDeletion: new ViewerDeletion(prisma, covers.descriptions, derivedImages),
    videoDeletion: new VideoDeletion({ prisma, queue, uploads: parts.uploadRemoval, derivedImages }),
    auditEvents: new AuditEvents(prisma),
  };
}

function makeCoverServices({ config, log, prisma, statements, features, scorer }: SharedParts, changes: ChangeFeed) {
  const decisions = new DecisionStore(prisma, statements);
  const candidates = new CandidateReader(prisma, features, statements);
  const histories = new HistoryReader(statements, features, HISTORY_LENGTH);
  const descriptions = new HistoryDescriptions(scorer, (userId) => histories.read(userId));
  // Whoever changed or deleted the viewer, and in whichever process: nothing of its former likes stays here.
  changes.subscribe({
    changed: (kind, id) => {
      if (kind === "viewer") descriptions.forget(id);
    },
    lost: () => descriptions.forget(),
  });
  return {
    descriptions,
    covers: new PersonalizedCoverService({
      ...{ candidates, scorer, timeBudgetMs: config.timeBudgetMs, log },
      decisions: new CoverCache(decisions, changes, config.coverCacheBytes),
      decider: new CoverDecider({
        ...{ decisions, candidates, descriptions, scorer, features, timeBudgetMs: config.timeBudgetMs },
        encodedCandidates: new CandidateCache(candidates, changes, config.candidateCacheBytes),
      }),
      diversifier: new CoverDiversifier(candidates),
    }),
    explainer: new CoverExplainer({
      ...{ candidates, scorer },
      readHistories: (userIds) => readHistories(prisma, userIds, HISTORY_LENGTH),
      findFeatures: (pictures) => features.find(pictures),
    }),
  };
}
