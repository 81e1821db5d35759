import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino, type Logger } from "pino";
import { compose, type Facet } from "../../apps/api/src/compose.js";
import { readConfig } from "../../apps/api/src/config/index.js";
import { openTestDatabase } from "../../apps/api/src/database/test-database.fixture.js";
import type { ModelChoice, Models } from "../../apps/api/src/check-models.js";
import { loadModels } from "../../apps/api/src/models.js";
import type { Network } from "../../apps/api/src/remote-file/index.js";
import { Releasers } from "../../apps/api/src/releasers.js";
import { FacetClient } from "./facet-client.fixture.js";

const ADMIN_KEY = "an-admin-key-for-tests";

/** The whole service in this process, on a database of its own, listening on a free port. */
export interface TestService extends Facet {
  /** A caller with the admin key. */
  readonly client: FacetClient;
  /** As loaded, whatever was put in their place. */
  readonly models: Models;
  /** The folder that videos may be registered from. */
  readonly mediaRoot: string;
  readonly dataDir: string;
  /** Of its database: as `DATABASE_URL`, for another process beside it. */
  readonly connectionString: string;
  readonly close: () => Promise<void>;
}

/**
 * @param wrap    puts something in the place of the models, such as a scorer that fails
 * @param network what takes the place of the internet
 * @param log     where the log is looked at
 */
export async function startTestService(
  environment: Readonly<Record<string, string>> = {},
  wrap: (models: Models) => Models = (models) => models,
  network: Network = {},
  log: Logger = pino({ level: "silent" }),
): Promise<TestService> {
  const releasers = new Releasers();
  const folder = await mkdtemp(join(tmpdir(), "facet-service-"));
  releasers.add(() => rm(folder, { recursive: true, force: true }));
  const database = await openTestDatabase();
  releasers.add(() => database.close());

  const dataDir = join(folder, "data");
  const config = readConfig({
    ...{ PORT: "0", HOST: "127.0.0.1", DATABASE_URL: database.connectionString, FACET_DATA_DIR: dataDir },
    ...{ FACET_MEDIA_ROOT: join(folder, "media"), FACET_ADMIN_KEY: ADMIN_KEY, FACET_TIME_BUDGET_MS: "30000" },
    ...environment,
  });
  try {
    const loaded: Models[] = [];
    const load = async (_log: Logger, choice: ModelChoice): Promise<Models> => {
      const models = await loadModels(log, choice);
      loaded.push(models);
      return wrap(models);
    };
    const facet = await compose(config, log, releasers, load, network);
    const [models] = loaded;
    if (models === undefined) throw new Error("The service loaded no models.");
    const client = new FacetClient(facet.address, ADMIN_KEY);
    const { databaseUrl: connectionString = "" } = config;
    const close = () => releasers.release();
    return { ...facet, client, models, mediaRoot: config.mediaRoot ?? "", dataDir, connectionString, close };
  } catch (error) {
    await releasers.release();
    throw error;
  }
}

/** How many rows each table holds: the same before and after what must change nothing. */
export async function countRows({ prisma }: Pick<Facet, "prisma">): Promise<Record<string, number>> {
  const tables = await prisma.$queryRaw<{ table: string }[]>`
    SELECT table_name AS "table" FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`;
  const counts = await Promise.all(
    [...tables.map(({ table }) => table), "pgboss.job"].map(async (table) => {
      const [row] = await prisma.$queryRawUnsafe<{ rows: number }[]>(`SELECT count(*)::int AS rows FROM ${table}`);
      return [table, row?.rows ?? 0] as const;
    }),
  );
  return Object.fromEntries(counts);
}
