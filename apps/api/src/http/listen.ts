import type { FastifyRequest } from "fastify";
import type { Logger } from "pino";
import type { ChangeFeed } from "../changes/index.js";
import { makeCandidateFrameLoaders } from "../candidate-frame/candidate-frame-loaders.js";
import type { Config } from "../config/index.js";
import type { PrismaClient } from "../generated/prisma/client.js";
import { makeApolloServer } from "../graphql/apollo.js";
import { Authorization, type RequestContext, type Services } from "../graphql/context.js";
import { settleWrites } from "../graphql/settle-writes.js";
import { ImageAddresses } from "../image/image-addresses.js";
import { KnownCallers } from "../keys/index.js";
import { makeLikedImageLoader } from "../liked-image/liked-image-loader.js";
import { makeContributionLoader } from "../personalized-cover/contribution-loader.js";
import { makeDecisionLoaders } from "../personalized-cover/decision-loaders.js";
import type { Releasers } from "../releasers.js";
import type { TusUploads } from "../upload/tus-uploads.js";
import type { UploadStore } from "../upload/upload-store.js";
import { makeReplacementLoader } from "../video/replacement-loader.js";
import { makeVideoLoader } from "../video/video-loader.js";
import { registerExplorer } from "./explorer.js";
import { registerGuard } from "./guard.js";
import { registerHealth, type EnginesInUse } from "./health.js";
import { closeInTime, listenAt } from "./listen-at.js";
import { listReadinessChecks } from "./readiness-checks.js";
import { registerImages, type ImageParts } from "./images.js";
import { registerViewerExport } from "./viewer-export.js";
import { makeServer } from "./server.js";
import { registerTusUploads } from "./tus.js";
import { registerUploads } from "./uploads.js";

export interface ListenParts extends ImageParts {
  readonly config: Config;
  readonly log: Logger;
  readonly releasers: Releasers;
  readonly prisma: PrismaClient;
  readonly changes: ChangeFeed;
  readonly services: Services;
  readonly engines: EnginesInUse;
  readonly uploads: UploadStore;
  readonly tusUploads: TusUploads;
  readonly dataDir: string;
}

/** Puts everything that is asked over HTTP on one server, and starts it. Gives its address. */
export async function listen(parts: ListenParts): Promise<string> {
  const { config, log, releasers, prisma, changes, services } = parts;
  const addressFor = (request: FastifyRequest): string => config.publicUrl ?? `${request.protocol}://${request.host}`;
  const makeContext = (request: FastifyRequest): Promise<RequestContext> =>
    Promise.resolve({
      auth: new Authorization(request.caller),
      services,
      loaders: {
        videos: makeVideoLoader(prisma),
        replacements: makeReplacementLoader(prisma),
        frames: makeCandidateFrameLoaders(prisma),
        contributions: makeContributionLoader(services.explainer),
        decisions: makeDecisionLoaders(prisma),
        likedImages: makeLikedImageLoader(prisma),
      },
      images: new ImageAddresses(addressFor(request), parts.imageSigner),
      baseUrl: addressFor(request),
    });

  const apollo = makeApolloServer(log, config.introspection, [settleWrites(changes)]);
  await apollo.start();
  releasers.add(() => apollo.stop());
  const app = await makeServer(log, apollo, makeContext);
  releasers.add(() => closeInTime(app));

  const callers = new KnownCallers(prisma, changes);
  await registerGuard(app, { findCaller: (key) => callers.find(key), requestsPerMinute: config.requestsPerMinute });
  registerUploads(app, parts.uploads, config.maxUploadBytes);
  registerTusUploads(app, parts.tusUploads, config.maxUploadBytes);
  registerImages(app, parts);
  if (config.explorer) registerExplorer(app);
  registerViewerExport(app, services.viewerExport);
  registerHealth(app, listReadinessChecks(prisma, parts.dataDir), parts.engines);
  return listenAt(app, config);
}
