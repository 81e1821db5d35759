import type { Logger } from "pino";
import { ChangeFeed } from "./changes/index.js";
import type { ModelChoice, Models } from "./check-models.js";
import type { Config } from "./config/index.js";
import type { PrismaClient } from "./generated/prisma/client.js";
import { loadModelsInThreads } from "./inference/index.js";
import { ensureFirstAdminKey } from "./keys/index.js";
import type { Database } from "./database/index.js";
import { ListeningConnection } from "./database/listening-connection.js";
import { openData } from "./open-data.js";
import type { Releasers } from "./releasers.js";
import type { Network } from "./remote-file/index.js";

/** The running service. */
export interface Facet {
  /** Where it listens, without a slash at its end. A worker alone answers to nothing but probes there. */
  readonly address: string;
  /** The admin key where one was made at this start: shown to a person once, kept only as a hash. */
  readonly madeAdminKey: string | undefined;
  readonly prisma: PrismaClient;
  /** Resolves where its own database ended: the service can do nothing more. */
  readonly databaseLost: Database["lost"];
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
  // Meanwhile, for each of these takes about as long: Postgres starts, and the libraries of the roles are read.
  const [database, { startRoles }] = await Promise.all([openData(config, log, releasers), import("./start-roles.js")]);
  const { prisma } = database;
  const listening = new ListeningConnection(database.connectionString, log);
  releasers.add(() => listening.stop());
  const changes = new ChangeFeed(listening);
  const firstKey = await ensureFirstAdminKey(prisma, config.adminKey);
  if (firstKey.kind === "configured" && firstKey.replaced.length > 0) {
    log.warn(
      { revoked: firstKey.replaced },
      "FACET_ADMIN_KEY has another value than before: the former one is revoked, and is never taken again",
    );
  }
  const models = await loading;
  const address = await startRoles({ config, log, releasers, database, listening, models, network }, changes);
  log.info({ roles: [...config.roles] }, "the service is up");
  const madeAdminKey = firstKey.kind === "made" ? firstKey.key : undefined;
  return { address, prisma, changes, madeAdminKey, databaseLost: database.lost };
}
