import { execFile } from "node:child_process";
import { readdir, readFile, readlink, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { EmbeddedPostgresError } from "../errors.js";

const execute = promisify(execFile);
const POLL_MS = 50;

/** How long each way of asking is given, from the polite to the last. */
const WAYS_TO_STOP = [
  { signal: "SIGINT", patienceMs: 30_000 },
  { signal: "SIGQUIT", patienceMs: 10_000 },
  { signal: "SIGKILL", patienceMs: 5_000 },
] as const;

/**
 * Stops what a service that was killed left running on a data folder: Postgres itself, or some of its processes where it
 * was killed too. Only for the holder of the folder's lock: then whatever runs there is a leftover.
 *
 * @returns the process id of the Postgres that was stopped
 */
export async function stopLeftovers(data: string): Promise<number | undefined> {
  const pidFile = join(data, "postmaster.pid");
  const pid = Number((await readFile(pidFile, "utf8").catch(() => "")).split("\n", 1)[0]);
  if (!(pid > 0)) return undefined;

  const wasRunning = await isPostgresOf(pid, data);
  // The main process first: it sees to the others.
  if (wasRunning) await stop(async () => ((await isPostgresOf(pid, data)) ? [pid] : []));
  await stop(() => listProcessesIn(data));
  // Its process id belongs to another program by now, or to a dead process that nobody has buried. Postgres would take
  // that one for itself, and refuse to start.
  if (isTaken(pid)) await rm(pidFile, { force: true });
  return wasRunning ? pid : undefined;
}

async function stop(listRunning: () => Promise<readonly number[]>): Promise<void> {
  for (const { signal, patienceMs } of WAYS_TO_STOP) {
    const deadline = Date.now() + patienceMs;
    for (const pid of await listRunning()) send(pid, signal);
    do {
      if ((await listRunning()).length === 0) return;
      await delay(POLL_MS);
    } while (Date.now() < deadline);
  }
  throw new EmbeddedPostgresError("the one that a killed service left running does not stop.");
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Whether a process is the Postgres of this folder, and not a program that was given its number since. */
async function isPostgresOf(pid: number, data: string): Promise<boolean> {
  if (process.platform === "linux") return (await listProcessesIn(data)).includes(pid);
  if (process.platform === "win32") {
    const { stdout } = await execute("tasklist", ["/fi", `PID eq ${pid}`, "/nh"]).catch(() => ({ stdout: "" }));
    return stdout.toLowerCase().includes("postgres.exe");
  }
  // Fails where there is no such process.
  const { stdout } = await execute("ps", ["-p", String(pid), "-o", "command="]).catch(() => ({ stdout: "" }));
  return stdout.includes(data);
}

/**
 * All processes of a Postgres have its data folder as their working directory; one that is dead but not buried has none.
 * Where /proc is missing, none are found.
 */
async function listProcessesIn(folder: string): Promise<number[]> {
  const names = process.platform === "linux" ? await readdir("/proc") : [];
  const pids = names.map(Number).filter((pid) => pid > 0 && pid !== process.pid);
  const found = await Promise.all(pids.map(async (pid) => ((await workingFolder(pid)) === folder ? [pid] : [])));
  return found.flat();
}

/** Undefined of a process that has ended or is another user's. */
async function workingFolder(pid: number): Promise<string | undefined> {
  return readlink(`/proc/${pid}/cwd`).catch(() => undefined);
}
