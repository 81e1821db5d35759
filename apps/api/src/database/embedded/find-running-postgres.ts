import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { addressPostgres } from "./start-embedded-postgres.js";

/** Lines of Postgres' own `postmaster.pid`, from 0. */
const PORT_LINE = 3;
const STATUS_LINE = 7;

/**
 * The connection string of the embedded Postgres that another process runs in a data folder; undefined where none takes
 * connections. Only for who may read its password.
 */
export async function findRunningPostgres(dataDir: string): Promise<string | undefined> {
  const folder = join(dataDir, "postgres");
  try {
    const lines = (await readFile(join(folder, "data", "postmaster.pid"), "utf8")).split("\n");
    const port = Number(lines[PORT_LINE]);
    if (!(port > 0) || lines[STATUS_LINE]?.trim() !== "ready") return undefined;
    return addressPostgres((await readFile(join(folder, "password"), "utf8")).trim(), port);
  } catch {
    return undefined;
  }
}
