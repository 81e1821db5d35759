import { join, resolve } from "node:path";
import type { Logger } from "pino";
import type { Config } from "./config/index.js";
import type { Database } from "./database/index.js";
import type { ListeningConnection } from "./database/listening-connection.js";
import type { PreparedStatements } from "./database/prepared-statements.js";
import type { PrismaClient } from "./generated/prisma/client.js";
import { FeatureStore } from "./image/feature-store.js";
import { openImageServing, type ImageServing } from "./image/open-image-serving.js";
import { PostgresImageStore } from "./image/postgres-image-store.js";
import { openIngestQueue, type IngestQueue } from "./ingest/ingest-job.js";
import { Jobs } from "./jobs/index.js";
import { openLikeImportQueue, type LikeImportQueue } from "./like-import/index.js";
import { LikeIntake } from "./liked-image/like-intake.js";
import { LikedImageRecords } from "./liked-image/liked-image-records.js";
import type { Models } from "./check-models.js";
import type { Releasers } from "./releasers.js";
import { RemoteFiles, type Network } from "./remote-file/index.js";
import { removeUnneededUploads } from "./upload/upload-holds.js";
import { TusUploads } from "./upload/tus-uploads.js";
import { UploadStore } from "./upload/upload-store.js";
import { MediaRoot } from "./video/media-root.js";

/** What a process has in either role. */
export interface SharedParts extends Models {
  readonly config: Config;
  readonly log: Logger;
  readonly releasers: Releasers;
  readonly prisma: PrismaClient;
  readonly statements: PreparedStatements;
  readonly connectionString: string;
  readonly dataDir: string;
  readonly uploads: UploadStore;
  readonly tusUploads: TusUploads;
  readonly uploadsExpireAfterMs: number;
  /** Removes an upload's file and what is kept about it. */
  readonly uploadRemoval: Pick<UploadStore, "remove">;
  /** Removes those of some uploads that nothing needs any more. */
  readonly discardUploads: (ids: readonly string[]) => Promise<void>;
  readonly mediaRoot: MediaRoot;
  readonly remoteFiles: RemoteFiles;
  readonly images: PostgresImageStore;
  readonly imageServing: ImageServing;
  readonly features: FeatureStore;
  readonly likes: LikedImageRecords;
  readonly intake: LikeIntake;
  readonly jobs: Jobs;
  readonly ingestQueue: IngestQueue;
  readonly likeImportQueue: LikeImportQueue;
}

export interface SharedSources {
  readonly config: Config;
  readonly log: Logger;
  /** Gets what must be closed, also where opening fails half-way. */
  readonly releasers: Releasers;
  readonly database: Database;
  readonly listening: ListeningConnection;
  readonly models: Models;
  readonly network: Network;
}

export async function openSharedParts(sources: SharedSources): Promise<SharedParts> {
  const { config, log, releasers, database, listening, models, network } = sources;
  const { prisma, statements, connectionString } = database;
  const { encoder } = models;
  const dataDir = resolve(config.dataDir);
  const uploads = await UploadStore.open(join(dataDir, "uploads"), config.maxUploadBytes);
  const uploadsExpireAfterMs = config.uploadHours * 60 * 60 * 1000;
  const tusUploads = await TusUploads.open({
    ...{ uploads, log, maxBytes: config.maxUploadBytes, publicUrl: config.publicUrl ?? "" },
    ...{ expireAfterMs: uploadsExpireAfterMs, stateFolder: join(dataDir, "uploads", "tus") },
  });
  const uploadRemoval = {
    remove: async (id: string) => {
      await uploads.remove(id);
      await tusUploads.forget(id);
    },
  };
  const remoteFiles = new RemoteFiles(config.urlHosts, network);
  const images = new PostgresImageStore(prisma);
  const features = new FeatureStore(prisma, images, encoder);
  const likes = new LikedImageRecords(prisma, config.maxLikes);
  const jobs = await Jobs.open(connectionString, listening, log);
  releasers.add(() => jobs.close());
  const [ingestQueue, likeImportQueue] = [await openIngestQueue(jobs), await openLikeImportQueue(jobs)];
  const mediaRoot = new MediaRoot(config.mediaRoot);
  // It may be mounted later: videos that come otherwise are not to wait for that.
  if (!(await mediaRoot.isThere())) log.warn("FACET_MEDIA_ROOT is no folder: no video can be registered by its path");
  return {
    ...{ ...models, config, log, releasers, prisma, statements, connectionString, dataDir },
    ...{ uploads, tusUploads, uploadsExpireAfterMs, uploadRemoval },
    discardUploads: (ids: readonly string[]) => removeUnneededUploads(prisma, ids, uploadRemoval.remove),
    ...{ remoteFiles, mediaRoot },
    ...{ images, imageServing: await openImageServing(config, { prisma, images, dataDir }), features, likes },
    intake: new LikeIntake({ records: likes, images, features, uploads, remoteFiles, encoder }),
    ...{ jobs, ingestQueue, likeImportQueue },
  };
}
