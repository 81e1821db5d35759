import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import type { Logger } from "pino";
import type { Config } from "./config/index.js";
import { openDatabase, type Database } from "./database/index.js";
import type { Releasers } from "./releasers.js";
import { StartError, systemCodeOf } from "./start-error.js";

/** Opens the database, and the data folder that it is in where it is the embedded one. @throws StartError */
export async function openData(config: Config, log: Logger, releasers: Releasers): Promise<Database> {
  const dataDir = resolve(config.dataDir);
  await mkdir(dataDir, { recursive: true }).catch((cause: unknown) => {
    const code = systemCodeOf(cause);
    if (code === undefined) throw cause;
    throw new StartError(`The data folder ${dataDir} cannot be made: ${code}. Set FACET_DATA_DIR.`, { cause });
  });
  const database = await openDatabase({ databaseUrl: config.databaseUrl, dataDir, log: (line) => log.info(line) });
  releasers.add(() => database.close());
  return database;
}
