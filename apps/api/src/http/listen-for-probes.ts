import Fastify from "fastify";
import type { Config } from "../config/index.js";
import type { PrismaClient } from "../generated/prisma/client.js";
import { enginesOf, type Models } from "../check-models.js";
import type { Releasers } from "../releasers.js";
import { registerHealth } from "./health.js";
import { closeInTime, listenAt } from "./listen-at.js";
import { sendProblem } from "./problem.js";
import { listReadinessChecks } from "./readiness-checks.js";

/** For all of a request: nobody who probes has anything to send. */
const REQUEST_WITHIN_MS = 10_000;

export interface ProbeParts extends Models {
  readonly config: Config;
  readonly releasers: Releasers;
  readonly prisma: PrismaClient;
  readonly dataDir: string;
}

/** For a process that has no API: whoever runs it asks it, too, whether it lives and works. Gives its address. */
export async function listenForProbes(parts: ProbeParts): Promise<string> {
  const { config, releasers, prisma, dataDir, encoder, scorer } = parts;
  const app = Fastify({ forceCloseConnections: "idle", requestTimeout: REQUEST_WITHIN_MS });
  releasers.add(() => closeInTime(app));
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, { status: 404, code: "NOT_FOUND" }, "This process is a worker: the API is elsewhere."),
  );
  registerHealth(app, listReadinessChecks(prisma, dataDir), enginesOf({ encoder, scorer }));
  return listenAt(app, config);
}
