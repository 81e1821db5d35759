import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, realpath, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { Releasers } from "../../releasers.js";
import { EmbeddedPostgresError, type EmbeddedPostgresLostError } from "../errors.js";
import { keepPassword, prepareClusterFolder, type ClusterFolder } from "./cluster-folder.js";
import { DataFolderLock } from "./data-folder-lock.js";
import { stopLeftovers } from "./leftover-processes.js";
import { findPostgresBinaries } from "./postgres-binaries.js";
import { HOST, initialiseData, PostgresProcess, type PostgresPrograms } from "./postgres-process.js";
import { placeBinaries } from "./reachable-binaries.js";
import { stopWithProcess } from "./stop-with-process.js";
import { pickUser } from "./unprivileged-user.js";

const SUPERUSER = "facet";
const DATABASE = "facet";
/** What the folder of data that is being made is called. */
const DRAFT = "data.new-";

export interface EmbeddedPostgresOptions {
  /** Made where it is absent. */
  readonly dataDir: string;
  readonly log: (line: string) => void;
  /** Of Postgres, such as `{ max_connections: "50" }`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A Postgres that is this process' own. */
export interface EmbeddedPostgres {
  /** Of its database `facet`. Holds the password. */
  readonly connectionString: string;
  /** Resolves where it ends though nobody has stopped it. */
  readonly lost: Promise<EmbeddedPostgresLostError>;
  stop(): Promise<void>;
}

/**
 * Starts the Postgres of a data folder, made at its first start. It listens on this machine only, keeps what it commits,
 * and stops with this process; what a killed process left running is stopped first.
 *
 * @throws DataFolderInUseError, EmbeddedPostgresError
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const releasers = new Releasers();
  try {
    return await start(options, releasers);
  } catch (error) {
    await releasers.release();
    throw error;
  }
}

async function start(
  { dataDir, log, settings = {} }: EmbeddedPostgresOptions,
  releasers: Releasers,
): Promise<EmbeddedPostgres> {
  await mkdir(dataDir, { recursive: true });
  const folder = await realpath(dataDir);
  await lock(folder, releasers);

  const user = await pickUser(join(folder, "postgres", "data"));
  const cluster = await prepareClusterFolder(folder, user, log);
  // A copy of a data folder may hold a link to the same Postgres.
  if (cluster.path !== join(folder, "postgres")) await lock(cluster.path, releasers);

  const programs: PostgresPrograms = { binaries: await placeBinaries(await findPostgresBinaries(), user, log), user };
  const password = await keepPassword(cluster, user);
  await prepareData(programs, cluster, log);
  const leftover = await stopLeftovers(cluster.data);
  if (leftover !== undefined) log(`Stopped the Postgres (process ${leftover}) that a killed service left running.`);

  const server = await PostgresProcess.start(programs, cluster.data, settings);
  releasers.add(() => server.stop());
  releasers.add(stopWithProcess(() => server.requestStop()));

  const { port, lost } = server;
  await makeDatabase(addressPostgres(password, port, "postgres"));
  return { connectionString: addressPostgres(password, port), lost, stop: () => releasers.release() };
}

/** The connection string of an embedded Postgres of this machine. */
export function addressPostgres(password: string, port: number, database = DATABASE): string {
  return `postgresql://${SUPERUSER}:${password}@${HOST}:${port}/${database}`;
}

async function lock(folder: string, releasers: Releasers): Promise<void> {
  const taken = await DataFolderLock.take(folder);
  releasers.add(() => taken.release());
}

async function prepareData(
  programs: PostgresPrograms,
  cluster: ClusterFolder,
  log: (line: string) => void,
): Promise<void> {
  const version = (await readFile(join(cluster.data, "PG_VERSION"), "utf8").catch(() => "")).trim();
  const major = programs.binaries.version.split(".")[0];
  if (version === major) return;
  if (version !== "") {
    throw new EmbeddedPostgresError(`its data is of version ${version}, its programs are of version ${major ?? "?"}.`);
  }
  log("Making the embedded Postgres: this takes some seconds, once.");
  // Under another name until it is whole: a process may be killed in the midst of it. Each try has a name of its own,
  // since what the killed one started may still be writing.
  for (const name of await readdir(cluster.path)) {
    if (name.startsWith(DRAFT)) await rm(join(cluster.path, name), { recursive: true, force: true, maxRetries: 3 });
  }
  const draft = join(cluster.path, `${DRAFT}${randomBytes(4).toString("hex")}`);
  await initialiseData(programs, draft, SUPERUSER, cluster.password);
  await rename(draft, cluster.data);
}

async function makeDatabase(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE "${DATABASE}"`);
  } finally {
    await client.end();
  }
}
