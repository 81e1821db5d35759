import Fastify, { type FastifyInstance } from "fastify";
import type { Config } from "../config/index.js";
import type { PrismaClient } from "../generated/prisma/client.js";
import { enginesOf, type Models } from "../check-models.js";
import type { Releasers } from "../releasers.js";
import { answerClientError } from "./client-error.js";
import { registerHealth } from "./health.js";
import { closeInTime, listenAt } from "./listen-at.js";
import { sendProblem } from "./problem.js";
import { listReadinessChecks } from "./readiness-checks.js";

/** For all of a request: nobody who probes has anything to send. */
const REQUEST_WITHIN_MS = 10_000;
/** How often it is looked which requests are late. */
const LOOK_EVERY_MS = 1000;

export interface ProbeParts extends Models {
  readonly config: Config;
  readonly releasers: Releasers;
  readonly prisma: PrismaClient;
  readonly dataDir: string;
}

/** For a process that has no API: whoever runs it asks it, too, whether it lives and works. Gives its address. */
export async function listenForProbes(parts: ProbeParts): Promise<string> {
  const { config, releasers, prisma, dataDir, encoder, scorer } = parts;
  const app = makeProbeServer(REQUEST_WITHIN_MS);
  releasers.add(() => closeInTime(app));
  registerHealth(app, listReadinessChecks(prisma, dataDir), enginesOf({ encoder, scorer }));
  return listenAt(app, config);
}

/** Ends the connection of who has not sent all of a request by then. */
export function makeProbeServer(withinMs: number, lookEveryMs = LOOK_EVERY_MS): FastifyInstance {
  const app = Fastify({
    forceCloseConnections: "idle",
    clientErrorHandler: answerClientError,
    requestTimeout: withinMs,
    // Node takes the longer of the two limits, and looks every 30 s unless told.
    http: { headersTimeout: withinMs, connectionsCheckingInterval: lookEveryMs },
  });
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, { status: 404, code: "NOT_FOUND" }, "This process is a worker: the API is elsewhere."),
  );
  return app;
}
