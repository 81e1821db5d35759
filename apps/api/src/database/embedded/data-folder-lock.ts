import { createHash } from "node:crypto";
import { rm, stat } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { DataFolderInUseError } from "../errors.js";

const ANSWER_TIMEOUT_MS = 3000;

const holderShape = z.object({ pid: z.number(), since: z.string() });
type Holder = z.infer<typeof holderShape>;

/**
 * The right to run a Postgres in a data folder: a socket that one process can listen on at a time. The system takes it
 * back when that process ends, however it ends, so that there is no stale lock and no process id to be mistaken. Who asks
 * on the socket is told who holds it. Holds within one machine, as Postgres' own lock does.
 */
export class DataFolderLock {
  private constructor(private readonly server: Server) {}

  /** @throws DataFolderInUseError */
  static async take(folder: string): Promise<DataFolderLock> {
    const { dev, ino } = await stat(folder, { bigint: true });
    const address = socketAddress(createHash("sha256").update(`${dev}:${ino}`).digest("hex").slice(0, 24));
    const server = await listen(address);
    if (server !== undefined) return new DataFolderLock(server);

    const holder = await askHolder(address);
    if (holder !== "gone") throw new DataFolderInUseError(holder);
    // A socket file outlives its process; an address without a file does not.
    if (!address.startsWith("\0")) await rm(address, { force: true });
    const second = await listen(address);
    if (second === undefined) throw new DataFolderInUseError(undefined);
    return new DataFolderLock(second);
  }

  async release(): Promise<void> {
    await new Promise<void>((done) => this.server.close(() => done()));
  }
}

function socketAddress(key: string): string {
  if (process.platform === "linux") return `\0facet-data-folder-${key}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\facet-data-folder-${key}`;
  return join(tmpdir(), `facet-${key}.sock`);
}

/** Undefined where someone else listens there. */
async function listen(address: string): Promise<Server | undefined> {
  const holder: Holder = { pid: process.pid, since: new Date().toISOString() };
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.end(JSON.stringify(holder));
  });
  try {
    await new Promise<void>((done, fail) => server.once("error", fail).listen(address, done));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") return undefined;
    throw error;
  }
  // The lock alone is no reason for the process to live.
  return server.unref();
}

/** Undefined where the holder is too busy to answer. */
function askHolder(address: string): Promise<Holder | "gone" | undefined> {
  return new Promise((done) => {
    let answer = "";
    const socket = connect(address);
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => socket.destroy());
    socket.on("data", (chunk) => (answer += chunk.toString()));
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNREFUSED" || error.code === "ENOENT") done("gone");
    });
    socket.on("close", () => done(parseHolder(answer)));
  });
}

function parseHolder(answer: string): Holder | undefined {
  try {
    return holderShape.parse(JSON.parse(answer));
  } catch {
    return undefined;
  }
}
