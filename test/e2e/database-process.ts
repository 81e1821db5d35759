import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import pg from "pg";

const DATABASE_MODULE = pathToFileURL(join(import.meta.dirname, "../../apps/api/dist/database/index.js")).href;

/** Opens the database of a folder as the service does, says so, and stays. */
const PROGRAM = `
  const { openDatabase } = await import(${JSON.stringify(DATABASE_MODULE)});
  const say = (event) => console.log(JSON.stringify(event));
  try {
    const { connectionString } = await openDatabase({ dataDir: process.argv[1], log: (line) => say({ line }) });
    say({ connectionString });
    setInterval(() => {}, 1000);
  } catch (error) {
    say({ error: { code: error.code, message: error.message } });
  }
`;

type Said =
  | { readonly line: string }
  | { readonly connectionString: string }
  | { readonly error: { readonly code: string; readonly message: string } };

/** A process with an embedded database, or with none because it could not be had. */
export class DatabaseProcess {
  readonly log: string[] = [];
  connectionString = "";
  error: { readonly code: string; readonly message: string } | undefined;

  private constructor(
    private readonly child: ChildProcess,
    private readonly dataDir: string,
  ) {}

  static async open(
    dataDir: string,
    user: { readonly uid?: number; readonly gid?: number } = {},
  ): Promise<DatabaseProcess> {
    const args = ["--input-type=module", "-e", PROGRAM, dataDir];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"], cwd: "/", ...user });
    const opened = new DatabaseProcess(child, dataDir);
    for await (const line of createInterface({ input: child.stdout })) {
      const said = JSON.parse(line) as Said;
      if ("line" in said) opened.log.push(said.line);
      else if ("error" in said) opened.error = said.error;
      else opened.connectionString = said.connectionString;
      if (!("line" in said)) break;
    }
    return opened;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async findPostgres(): Promise<number> {
    const text = await readFile(join(this.dataDir, "postgres", "data", "postmaster.pid"), "utf8").catch(() => "");
    return Number(text.split("\n", 1)[0]);
  }

  async query(sql: string): Promise<unknown[]> {
    const client = new pg.Client({ connectionString: this.connectionString });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** Sends a signal and waits for the end. */
  async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((done) => this.child.once("exit", done));
    this.child.kill(signal);
    await ended;
  }
}

/** Waits until a process is no more; the test's own time limit ends the wait. */
export async function waitForEnd(pid: number): Promise<void> {
  while (isAlive(pid)) await delay(20);
}

/** A process that is dead but not yet buried by its parent is not alive, though it can be signalled. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== "linux" || !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
