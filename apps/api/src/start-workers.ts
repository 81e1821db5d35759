import { join } from "node:path";
import { DEFAULT_VIDEO_LIMITS, findFfmpeg } from "@facet/frame-extraction";
import { Housekeeping } from "./housekeeping.js";
import { IngestRecords } from "./ingest/ingest-records.js";
import { VideoIngest } from "./ingest/video-ingest.js";
import { LeasedWorker } from "./jobs/index.js";
import { LikeImport, LikeImportRecords, type LikeImportJob } from "./like-import/index.js";
import { Retention } from "./retention/retention.js";
import { RetentionRecords } from "./retention/retention-records.js";
import { startRetention } from "./retention/start-retention.js";
import type { SharedParts } from "./shared-parts.js";
import { expireUploads } from "./upload/expire-uploads.js";
import { SourceFiles } from "./video/source-files.js";

const HOUSEKEEPING_EVERY_MS = 10 * 60 * 1000;

/** The worker's role: ingests videos, records files of likes, and removes what is too old. Any number of processes may have it. */
export async function startWorkers(parts: SharedParts): Promise<void> {
  await startIngest(parts);
  await startLikeImport(parts);
  await startCleaning(parts);
}

async function startIngest(parts: SharedParts): Promise<void> {
  const { config, log, releasers, prisma, connectionString, images, ingestQueue: queue, encoder } = parts;
  const ffmpeg = await findFfmpeg();
  log.info({ version: ffmpeg.version, origin: ffmpeg.origin }, "ffmpeg is found");
  const { uploads, mediaRoot, remoteFiles } = parts;
  const sourceFiles = await SourceFiles.open({
    ...{ uploads, mediaRoot, remoteFiles, folder: join(parts.dataDir, "fetched"), maxBytes: config.maxUploadBytes },
  });
  const records = new IngestRecords(prisma, queue);
  const { unsafeThreshold, maxUploadBytes } = config;
  // What may be uploaded is to be read, and files that are registered by their path may be larger.
  const maxBytes = Math.max(maxUploadBytes, DEFAULT_VIDEO_LIMITS.maxBytes);
  const ingest = new VideoIngest({ records, images, encoder, ffmpeg, sourceFiles, unsafeThreshold, maxBytes, log });
  const worker = new LeasedWorker(queue, ingest, connectionString, log);
  releasers.add(() => worker.stop());
  await worker.start();
}

async function startLikeImport(parts: SharedParts): Promise<void> {
  const { log, releasers, prisma, connectionString, likes, intake, uploads, discardUploads, likeImportQueue } = parts;
  const records = new LikeImportRecords(prisma, likes);
  const postpone = (job: LikeImportJob) =>
    prisma.$transaction((transaction) => likeImportQueue.enqueue(transaction, job));
  const likeImport = new LikeImport({ records, likes, intake, uploads, postpone, discardUploads, log });
  const worker = new LeasedWorker(likeImportQueue, likeImport, connectionString, log);
  releasers.add(() => worker.stop());
  await worker.start();
}

async function startCleaning(parts: SharedParts): Promise<void> {
  const { config, log, releasers, prisma } = parts;
  const retention = new Retention(new RetentionRecords(prisma), config.retention, log);
  await startRetention(parts.jobs, retention);

  const { uploads, tusUploads, uploadsExpireAfterMs } = parts;
  const housekeeping = new Housekeeping(
    {
      "expire uploads": async () => {
        const olderThan = new Date(Date.now() - uploadsExpireAfterMs);
        const expired = await expireUploads({ prisma, uploads, tusUploads }, olderThan);
        if (expired.length > 0) log.info({ uploads: expired.length }, "unused uploads are removed");
      },
    },
    HOUSEKEEPING_EVERY_MS,
    log,
  );
  releasers.add(() => housekeeping.stop());
  housekeeping.start();
}
