import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { findFfmpeg } from "@facet/frame-extraction";
import type { Logger } from "pino";
import { AuditEvents } from "./audit/audit-events.js";
import type { Config } from "./config/index.js";
import { openDatabase } from "./database/index.js";
import type { PrismaClient } from "./generated/prisma/client.js";
import { listen } from "./http/listen.js";
import { Housekeeping } from "./housekeeping.js";
import { FeatureStore } from "./image/feature-store.js";
import { forgetDerived } from "./image/forget-derived.js";
import { openImageServing } from "./image/open-image-serving.js";
import { PostgresImageStore } from "./image/postgres-image-store.js";
import { openIngestQueue } from "./ingest/ingest-job.js";
import { IngestRecords } from "./ingest/ingest-records.js";
import { VideoIngest } from "./ingest/video-ingest.js";
import { Jobs, LeasedWorker } from "./jobs/index.js";
import { ensureFirstAdminKey } from "./keys/index.js";
import { LikeImport, LikeImportRecords, LikeImportService, openLikeImportQueue } from "./like-import/index.js";
import { LikeIntake } from "./liked-image/like-intake.js";
import { LikedImageRecords } from "./liked-image/liked-image-records.js";
import { LikedImageService } from "./liked-image/liked-image-service.js";
import { readHistories } from "./liked-image/read-histories.js";
import { loadModels, type ModelChoice, type Models } from "./models.js";
import { OwnerRules } from "./owner-rule/owner-rules.js";
import { CandidateReader } from "./personalized-cover/candidate-reader.js";
import { CoverDecider } from "./personalized-cover/cover-decider.js";
import { CoverExplainer } from "./personalized-cover/cover-explainer.js";
import { CoverDiversifier } from "./personalized-cover/cover-diversifier.js";
import { DecisionStore } from "./personalized-cover/decision-store.js";
import { HistoryDescriptions } from "./personalized-cover/history-descriptions.js";
import { PersonalizedCoverService } from "./personalized-cover/personalized-cover-service.js";
import { ViewerDeletion } from "./privacy/viewer-deletion.js";
import { ViewerExport } from "./privacy/viewer-export.js";
import { ViewerOptOut } from "./privacy/viewer-opt-out.js";
import type { Releasers } from "./releasers.js";
import { Retention } from "./retention/retention.js";
import { RetentionRecords } from "./retention/retention-records.js";
import { startRetention } from "./retention/start-retention.js";
import { RemoteFiles, type Network } from "./remote-file/index.js";
import { expireUploads } from "./upload/expire-uploads.js";
import { TusUploads } from "./upload/tus-uploads.js";
import { removeUnneededUploads } from "./upload/upload-holds.js";
import { UploadStore } from "./upload/upload-store.js";
import { MediaRoot } from "./video/media-root.js";
import { VideoChanges } from "./video/video-changes.js";
import { VideoDeletion } from "./video/video-deletion.js";
import { VideoService } from "./video/video-service.js";
import { SourceFiles } from "./video/source-files.js";
import { VideoSources } from "./video/video-sources.js";
import { ViewerService } from "./viewer/viewer-service.js";

/** A viewer's newest likes are its history; older ones are kept but decide nothing. */
const HISTORY_LENGTH = 50;

const HOUSEKEEPING_EVERY_MS = 10 * 60 * 1000;

/** The running service. */
export interface Facet {
  /** Where it listens, without a slash at its end. */
  readonly address: string;
  /** The admin key where one was made at this start: shown to a person once, kept only as a hash. */
  readonly madeAdminKey: string | undefined;
  readonly prisma: PrismaClient;
}

/**
 * The composition root: makes every part of the service and puts them together. Nothing else knows more than the parts
 * that it is given.
 *
 * @param releasers gets what must be closed, also where the start fails half-way
 * @param load      where the models come from
 * @param network   what URLs are fetched from; tests have one of their own
 */
export async function compose(
  config: Config,
  log: Logger,
  releasers: Releasers,
  load: (log: Logger, choice: ModelChoice) => Promise<Models> = loadModels,
  network: Network = {},
): Promise<Facet> {
  const dataDir = resolve(config.dataDir);
  await mkdir(dataDir, { recursive: true });

  const database = await openDatabase({ databaseUrl: config.databaseUrl, dataDir, log: (line) => log.info(line) });
  releasers.add(() => database.close());
  const { prisma, connectionString } = database;
  const firstKey = await ensureFirstAdminKey(prisma, config.adminKey);

  const { encoder, scorer } = await load(log, config);
  releasers.add(() => {
    scorer.dispose();
    encoder.dispose();
  });
  const ffmpeg = await findFfmpeg();
  log.info({ version: ffmpeg.version, origin: ffmpeg.origin }, "ffmpeg is found");

  const uploads = await UploadStore.open(join(dataDir, "uploads"), config.maxUploadBytes);
  const expireAfterMs = config.uploadHours * 60 * 60 * 1000;
  const tusUploads = await TusUploads.open({
    ...{ uploads, expireAfterMs, log, maxBytes: config.maxUploadBytes, publicUrl: config.publicUrl ?? "" },
    stateFolder: join(dataDir, "uploads", "tus"),
  });
  const mediaRoot = new MediaRoot(config.mediaRoot);
  const remoteFiles = new RemoteFiles(config.urlHosts, network);
  const sourceFiles = await SourceFiles.open({
    ...{ uploads, mediaRoot, remoteFiles, folder: join(dataDir, "fetched"), maxBytes: config.maxUploadBytes },
  });
  const images = new PostgresImageStore(prisma);
  const imageServing = await openImageServing(config, { prisma, images, dataDir });
  const features = new FeatureStore(prisma, images, encoder);
  const likes = new LikedImageRecords(prisma, config.maxLikes);

  const jobs = await Jobs.open(connectionString, log);
  releasers.add(() => jobs.close());
  const queue = await openIngestQueue(jobs);
  const ingest = new VideoIngest({
    records: new IngestRecords(prisma, images, queue),
    encoder,
    ffmpeg,
    sourceFiles,
    unsafeThreshold: config.unsafeThreshold,
    log,
  });
  const intake = new LikeIntake({ records: likes, images, features, uploads, remoteFiles, encoder });
  const likeImportQueue = await openLikeImportQueue(jobs);
  const uploadRemoval = {
    remove: async (id: string) => {
      await uploads.remove(id);
      await tusUploads.forget(id);
    },
  };
  const discardUploads = (ids: readonly string[]) => removeUnneededUploads(prisma, ids, uploadRemoval.remove);
  const likeImport = new LikeImport({
    ...{ records: new LikeImportRecords(prisma, likes), intake, uploads, discardUploads, log },
  });
  const likeImportWorker = new LeasedWorker(likeImportQueue, likeImport, connectionString, log);
  releasers.add(() => likeImportWorker.stop());
  await likeImportWorker.start();

  const worker = new LeasedWorker(queue, ingest, connectionString, log);
  releasers.add(() => worker.stop());
  await worker.start();

  const retention = new Retention(new RetentionRecords(prisma), config.retention, log);
  await startRetention(jobs, retention);

  const decisions = new DecisionStore(prisma);
  const candidates = new CandidateReader(prisma, features);
  const descriptions = new HistoryDescriptions(scorer, async (userId) =>
    features.read(await likes.readHistory(userId, HISTORY_LENGTH)),
  );
  const videoSources = new VideoSources(uploads, mediaRoot, remoteFiles);
  const services = {
    videos: new VideoService(prisma, queue, videoSources),
    videoChanges: new VideoChanges(prisma, queue, videoSources),
    viewers: new ViewerService(prisma),
    likedImages: new LikedImageService(likes, intake, discardUploads, config.likesWithinSeconds),
    likeImports: new LikeImportService(prisma, likeImportQueue, uploads),
    covers: new PersonalizedCoverService({
      ...{ decisions, candidates, scorer, timeBudgetMs: config.timeBudgetMs, log },
      decider: new CoverDecider({ decisions, candidates, descriptions, scorer }),
      diversifier: new CoverDiversifier(candidates),
    }),
    explainer: new CoverExplainer({
      ...{ candidates, scorer },
      readHistories: (userIds) => readHistories(prisma, userIds, HISTORY_LENGTH),
      findFeatures: (pictures) => features.find(pictures),
    }),
    ownerRules: new OwnerRules(prisma),
    viewerOptOut: new ViewerOptOut(prisma),
    viewerExport: new ViewerExport(prisma, images),
    viewerDeletion: new ViewerDeletion(prisma, descriptions, imageServing.derivedImages),
    videoDeletion: new VideoDeletion({
      prisma,
      queue,
      uploads: uploadRemoval,
      derivedImages: imageServing.derivedImages,
    }),
    auditEvents: new AuditEvents(prisma),
  };
  const housekeeping = new Housekeeping(
    {
      "expire uploads": async () => {
        const expired = await expireUploads({ prisma, uploads, tusUploads }, new Date(Date.now() - expireAfterMs));
        if (expired.length > 0) log.info({ uploads: expired.length }, "unused uploads are removed");
      },
      "forget derived images": () => forgetDerived(prisma, imageServing.derivedImages),
    },
    HOUSEKEEPING_EVERY_MS,
    log,
  );
  releasers.add(() => housekeeping.stop());
  housekeeping.start();
  const address = await listen({
    config,
    log,
    releasers,
    prisma,
    services,
    uploads,
    tusUploads,
    images,
    dataDir,
    ...imageServing,
  });
  return { address, prisma, madeAdminKey: firstKey.kind === "made" ? firstKey.key : undefined };
}
