import pg from "pg";
import { LIKES, viewerName } from "../../catalogue/catalogue.js";
import type { Stage } from "../../service/stage.js";
import { listTree, readCpuSeconds } from "./cpu-seconds.js";
import { findPostmaster } from "./find-postmaster.js";
import type { MeasuredCosts } from "./measured-costs.js";

const CONNECTIONS = 8;
const PAGE = 40;

/** What Postgres alone can do, by the statements that limit it. */
export async function measurePostgres(stage: Stage, seconds: number): Promise<MeasuredCosts> {
  const { connectionString } = stage.host;
  const connections = Array.from({ length: CONNECTIONS }, () => new pg.Client({ connectionString }));
  try {
    await Promise.all(connections.map((connection) => connection.connect()));
    return await measureOver(connections, stage, seconds);
  } finally {
    await Promise.all(connections.map((connection) => connection.end()));
  }
}

async function measureOver(connections: readonly pg.Client[], stage: Stage, seconds: number): Promise<MeasuredCosts> {
  const { client } = stage.host;
  const postmaster = await findPostmaster(client);
  const cpu = async () => readCpuSeconds(await listTree(postmaster));
  const measure = async (work: (connection: pg.Client, turn: number) => Promise<unknown>) => {
    const [started, before] = [performance.now(), await cpu()];
    let turns = 0;
    const keepWorking = async (connection: pg.Client) => {
      while (performance.now() - started < seconds * 1000) await work(connection, turns++);
    };
    await Promise.all(connections.map(keepWorking));
    return {
      perSecond: (turns * 1000) / (performance.now() - started),
      coreMs: ((await cpu()) - before) * (1000 / turns),
    };
  };

  const { viewers, videosEach } = stage.catalogue.size.decided;
  const columns = await listColumns(client);
  const changed = "UPDATE viewer SET history_version = history_version WHERE id = $1";
  const change = (connection: pg.Client, turn: number) =>
    connection.query({ name: "change", text: changed, values: [viewerName(turn % viewers)] });
  const announced = await measure(change);
  // Triggers are for the origin of a change, and there is none: the same statement, unheard.
  for (const connection of connections) await connection.query("SET session_replication_role = replica");
  const unheard = await measure(change);
  for (const connection of connections) await connection.query("SET session_replication_role = origin");
  const written = await measure((connection, turn) =>
    connection.query({
      name: "write",
      text: writePage(columns),
      values: [viewerName(turn % viewers), 1000 + Math.floor(turn / viewers), Math.min(PAGE, videosEach)],
    }),
  );
  const pageOf = Math.min(PAGE, videosEach);
  return {
    "announced-change": announced.coreMs,
    "announced-changes": announced.perSecond,
    "unheard-change": unheard.coreMs,
    "unheard-changes": unheard.perSecond,
    "written-decision": written.coreMs / pageOf,
  };
}

/** A page's decisions of a viewer once more, as of another version of the history. */
function writePage(columns: readonly string[]): string {
  const changes: Readonly<Record<string, string>> = { id: "gen_random_uuid()", history_version: "$2::int" };
  const values = columns.map((column) => changes[column] ?? `t."${column}"`);
  return `INSERT INTO cover_decision (${columns.map((column) => `"${column}"`).join(", ")})
    SELECT ${values.join(", ")} FROM (SELECT * FROM cover_decision WHERE user_id = $1 AND history_version = ${LIKES} LIMIT $3::int) t`;
}

async function listColumns(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name = 'cover_decision'`,
  );
  return rows.map(({ name }) => name);
}
