import { spawn, type ChildProcess } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { EmbeddedPostgresError, EmbeddedPostgresLostError } from "../errors.js";
import { programPath, type PostgresBinaries } from "./postgres-binaries.js";
import type { SystemUser } from "./unprivileged-user.js";

/** Where an embedded Postgres listens: on this machine only. */
export const HOST = "127.0.0.1";
const PORT_ATTEMPTS = 5;
const READY = "database system is ready to accept connections";
const PORT_TAKEN = /could not bind|could not create any TCP\/IP sockets/;
const KEPT_OUTPUT = 4000;

/** What both programs of Postgres are started with. */
export interface PostgresPrograms {
  readonly binaries: PostgresBinaries;
  /** Undefined: as whom this process runs. */
  readonly user: SystemUser | undefined;
}

/** Makes the files of a new Postgres in an absent or empty folder. */
export async function initialiseData(
  programs: PostgresPrograms,
  data: string,
  superuser: string,
  passwordFile: string,
): Promise<void> {
  const locale = ["--encoding=UTF8", "--locale=C"];
  const access = [`--username=${superuser}`, `--pwfile=${passwordFile}`, "--auth=scram-sha-256"];
  const { child, output } = run(programs, "initdb", [`--pgdata=${data}`, ...locale, ...access]);
  const code = await new Promise<number | null>((done, fail) => child.once("error", fail).once("close", done));
  if (code !== 0) throw new EmbeddedPostgresError(`initdb failed: ${lastLines(output())}`);
}

/** A Postgres that runs as long as this process does. */
export class PostgresProcess {
  /** Resolves where it ends though nobody has stopped it. */
  readonly lost: Promise<EmbeddedPostgresLostError>;
  #isStopped = false;

  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
    private readonly exited: Promise<void>,
    readOutput: () => string,
  ) {
    this.lost = new Promise((resolve) => {
      const tell = (how: string) => {
        if (!this.#isStopped) resolve(new EmbeddedPostgresLostError(how));
      };
      // Killed, it has said nothing; what it had started may outlive it for a while, and keep its output open.
      child.once("exit", (_code, signal) => signal !== null && tell(`by ${signal}`));
      child.once("close", (code) => tell(`with exit code ${code ?? "?"} (${lastFault(readOutput())})`));
    });
  }

  /**
   * Starts it on a free port of this machine's own address, and waits until it takes connections.
   *
   * @param settings such as `{ max_connections: "50" }`
   */
  static async start(
    programs: PostgresPrograms,
    data: string,
    settings: Readonly<Record<string, string>>,
  ): Promise<PostgresProcess> {
    for (let attempt = 1; ; attempt += 1) {
      const port = await findFreePort();
      const all = { listen_addresses: HOST, port: String(port), unix_socket_directories: "", ...settings };
      const flags = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
      const { child, output } = run(programs, "postgres", ["-D", data, ...flags]);
      const exited = new Promise<void>((done) => child.once("exit", () => done()).once("error", () => done()));
      const ready = new Promise<true>((done) => {
        child.stderr.on("data", () => {
          if (output().includes(READY)) done(true);
        });
      });
      if ((await Promise.race([ready, exited])) === true) {
        releaseFromEventLoop(child);
        return new PostgresProcess(child, port, exited, output);
      }
      // Between looking for a free port and taking it another program may have been faster.
      if (attempt < PORT_ATTEMPTS && PORT_TAKEN.test(output())) continue;
      throw new EmbeddedPostgresError(`it does not start: ${lastLines(output())}`);
    }
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Asks it to stop: open transactions are rolled back, and what was committed is on disk. Returns at once. */
  requestStop(): void {
    this.#isStopped = true;
    // On Windows this ends it without a word; it then recovers at its next start, as after a power failure.
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill("SIGINT");
  }

  async stop(): Promise<void> {
    this.child.ref();
    this.requestStop();
    await this.exited;
  }
}

function run({ binaries, user }: PostgresPrograms, program: "initdb" | "postgres", args: readonly string[]) {
  const child = spawn(programPath(binaries, program), args, {
    // A group of its own: Ctrl-C is for us, who stop it when our own work is done.
    detached: process.platform !== "win32",
    cwd: binaries.folder,
    // None of our own variables: they hold keys, and its environment can be read by its user.
    env: pickEnvironment("PATH", "SystemRoot", "TEMP", "TMP"),
    stdio: ["ignore", "ignore", "pipe"],
    ...(user && { uid: user.uid, gid: user.gid }),
  });
  let output = "";
  child.stderr.on("data", (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-KEPT_OUTPUT);
  });
  return { child, output: () => output };
}

function pickEnvironment(...names: readonly string[]): NodeJS.ProcessEnv {
  const known = names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]] as const]));
  return { ...Object.fromEntries(known), LC_ALL: "C", TZ: "UTC" };
}

/** A running Postgres is no reason for this process to live. */
function releaseFromEventLoop(child: ChildProcess): void {
  child.unref();
  (child.stderr as { unref?: () => void } | null)?.unref?.();
}

function lastLines(output: string): string {
  const said = output.trim().split("\n").slice(-3).join(" ") || "it said nothing";
  return said.endsWith(".") ? said : `${said}.`;
}

/** No other line: those of statements that failed tell what they were about. */
function lastFault(output: string): string {
  const faults = output.split("\n").filter((line) => /\b(FATAL|PANIC):/.test(line));
  return faults.at(-1)?.trim() ?? "it did not say why";
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done, fail) => server.once("error", fail).listen(0, HOST, done));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((done) => server.close(() => done()));
  return port;
}
