import type { Logger } from "pino";
import { ChangeFeed } from "./changes/index.js";
import type { Config } from "./config.js";
import type { PrismaClient } from "./generated/prisma/client.js";
import { listenForProbes } from "./http/listen-for-probes.js";
import { ensureFirstAdminKey } from "./keys/index.js";
import { loadModelsInThreads } from "./inference/index.js";
import type { ModelChoice, Models } from "./models.js";
import type { Releasers } from "./releasers.js";
import type { Network } from "./remote-file/index.js";
import { openData, openSharedParts } from "./shared-parts.js";
import { startApi } from "./start-api.js";
import { startWorkers } from "./start-workers.js";

/** The running service. */
export interface Facet {
  /** Where it listens, without a slash at its end. A worker alone answers to nothing but probes there. */
  readonly address: string;
  /** The admin key where one was made at this start: shown to a person once, kept only as a hash. */
  readonly madeAdminKey: string | undefined;
  readonly prisma: PrismaClient;
  readonly changes: ChangeFeed;
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
  load: (log: Logger, choice: ModelChoice) => Promise<Models> = loadModelsInThreads,
  network: Network = {},
): Promise<Facet> {
  const loading = load(log, config);
  // It may fail before it is waited for below, where that is told.
  loading.catch(() => undefined);
  releasers.add(async () => {
    const loaded = await loading.catch(() => undefined);
    loaded?.scorer.dispose();
    loaded?.encoder.dispose();
  });
  // Meanwhile: on a warm data folder the networks and Postgres take about as long as each other.
  const database = await openData(config, log, releasers);
  const { prisma } = database;
  const changes = new ChangeFeed(database.connectionString, log);
  releasers.add(() => changes.stop());
  const firstKey = await ensureFirstAdminKey(prisma, config.adminKey);
  const models = await loading;
  const parts = await openSharedParts({ config, log, releasers, database, models, network });
  if (config.roles.has("worker")) await startWorkers(parts);
  if (config.roles.has("api")) await changes.start();
  const address = config.roles.has("api") ? await startApi(parts, changes) : await listenForProbes(parts);
  log.info({ roles: [...config.roles] }, "the service is up");
  return { address, prisma, changes, madeAdminKey: firstKey.kind === "made" ? firstKey.key : undefined };
}
