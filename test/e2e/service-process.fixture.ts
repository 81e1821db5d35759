import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** The service as `npm start` runs it. */
export const SERVICE_MAIN = join(import.meta.dirname, "../../apps/api/dist/main.js");

export interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
}

/** The built service as a process of its own. */
export interface ServiceProcess {
  /** Resolves when it has ended, however it came to that. */
  readonly ended: Promise<Ending>;
  /** Its address, without a slash at its end. */
  readonly baseUrl: string;
  /** Everything it printed on standard output so far. */
  readonly printed: readonly string[];
  /** Everything it logged so far. */
  readonly logged: readonly string[];
  /** Sends a signal and waits for the end. */
  readonly end: (signal: "SIGTERM" | "SIGINT" | "SIGKILL") => Promise<Ending>;
  /** Resolves when a log line matches. */
  readonly untilLogged: (pattern: RegExp) => Promise<string>;
}

/** Starts the service on a free port and waits until it says that it is ready. */
export async function startService(environment: Readonly<Record<string, string>>): Promise<ServiceProcess> {
  const child = spawn(process.execPath, [SERVICE_MAIN], {
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], PORT: "0", HOST: "127.0.0.1", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  // A test that fails half-way must not leave it running.
  const endWithTests = () => child.kill("SIGTERM");
  process.once("exit", endWithTests);
  child.once("exit", () => process.off("exit", endWithTests));

  const ended = once(child, "exit").then(() => endingOf(child));

  const printed: string[] = [];
  const logged: string[] = [];
  const waiting = new Set<() => void>();
  collectLines(child.stderr, logged, waiting);

  const ready = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      printed.push(line);
      const address = /ready.*(http:\/\/\S+)/.exec(line)?.[1];
      if (address !== undefined) resolve(address.replace(/\/$/, ""));
    });
    child.once("exit", (code) => reject(new Error(`The service ended with ${code}:\n${logged.join("\n")}`)));
  });
  return {
    baseUrl: await ready,
    ended,
    printed,
    logged,
    end: async (signal) => {
      child.kill(signal);
      return ended;
    },
    untilLogged: (pattern) => untilMatch(logged, pattern, waiting),
  };
}

function endingOf({ exitCode: code, signalCode: signal }: ChildProcess): Ending {
  return { code, signal };
}

function collectLines(stream: NodeJS.ReadableStream, lines: string[], waiting: ReadonlySet<() => void>): void {
  createInterface({ input: stream }).on("line", (line) => {
    lines.push(line);
    for (const look of waiting) look();
  });
}

function untilMatch(lines: readonly string[], pattern: RegExp, waiting: Set<() => void>): Promise<string> {
  return new Promise((resolve) => {
    const look = () => {
      const line = lines.find((candidate) => pattern.test(candidate));
      if (line === undefined) return;
      waiting.delete(look);
      resolve(line);
    };
    waiting.add(look);
    look();
  });
}
