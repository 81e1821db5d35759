import { constants } from "node:fs";
import { access } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import type { FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { makeCandidateFrameLoaders } from "../candidate-frame/candidate-frame-loaders.js";
import type { Config } from "../config/index.js";
import type { PrismaClient } from "../generated/prisma/client.js";
import { makeApolloServer } from "../graphql/apollo.js";
import { Authorization, type RequestContext, type Services } from "../graphql/context.js";
import { ImageAddresses } from "../image/image-addresses.js";
import { authenticate } from "../keys/index.js";
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
import { registerHealth } from "./health.js";
import { registerImages, type ImageParts } from "./images.js";
import { registerViewerExport } from "./viewer-export.js";
import { makeServer } from "./server.js";
import { registerTusUploads } from "./tus.js";
import { registerUploads } from "./uploads.js";

/** Room for requests under way when the service is told to stop. */
const CLOSE_WITHIN_MS = 5_000;

export interface ListenParts extends ImageParts {
  readonly config: Config;
  readonly log: Logger;
  readonly releasers: Releasers;
  readonly prisma: PrismaClient;
  readonly services: Services;
  readonly uploads: UploadStore;
  readonly tusUploads: TusUploads;
  readonly dataDir: string;
}

/** Puts everything that is asked over HTTP on one server, and starts it. Gives its address. */
export async function listen(parts: ListenParts): Promise<string> {
  const { config, log, releasers, prisma, services } = parts;
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

  const apollo = makeApolloServer(log, config.introspection);
  await apollo.start();
  releasers.add(() => apollo.stop());
  const app = await makeServer(log, apollo, makeContext);
  releasers.add(async () => {
    // Who has not sent or taken the rest of a request by then is not waited for.
    const patience = setTimeout(() => app.server.closeAllConnections(), CLOSE_WITHIN_MS);
    await app.close();
    clearTimeout(patience);
  });

  const findCaller = (key: string) => authenticate(prisma, key);
  await registerGuard(app, { findCaller, requestsPerMinute: config.requestsPerMinute });
  registerUploads(app, parts.uploads, config.maxUploadBytes);
  registerTusUploads(app, parts.tusUploads, config.maxUploadBytes);
  registerImages(app, parts);
  if (config.explorer) registerExplorer(app);
  registerViewerExport(app, services.viewerExport);
  registerHealth(app, [
    { name: "database", findProblem: () => problemOf(prisma.$queryRaw`SELECT 1`, "Postgres does not answer.") },
    {
      name: "data folder",
      findProblem: () => problemOf(access(parts.dataDir, constants.W_OK), "The data folder cannot be written to."),
    },
  ]);
  await app.listen({ port: config.port, host: config.host });
  const { port } = app.server.address() as AddressInfo;
  return `http://${nameHost(config.host)}:${port}`;
}

/** A check's own error may name addresses and folders, which are nobody's business outside: the log has it. */
async function problemOf(check: PromiseLike<unknown>, problem: string): Promise<string | null> {
  try {
    await check;
    return null;
  } catch {
    return problem;
  }
}

/** As it stands in a URL. */
function nameHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
