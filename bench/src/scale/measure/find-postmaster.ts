import { readFile } from "node:fs/promises";
import type pg from "pg";

/** The process that the processes of all connections are children of. */
export async function findPostmaster(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const status = await readFile(`/proc/${rows[0]?.pid ?? 0}/status`, "utf8");
  const parent = /^PPid:\s+(\d+)/m.exec(status)?.[1];
  if (parent === undefined) throw new Error("Postgres is not on this machine.");
  return Number(parent);
}
