import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const SERVICE = createRequire(import.meta.url).resolve("@facet/api/service");
const KEPT_LOG_LINES = 40;
const STOP_WITHIN_MS = 20_000;

/** The built service, as `npm start` runs it, in a process of its own. */
export class ServiceProcess {
  private constructor(
    private readonly child: ChildProcess,
    /** Without a slash at its end. */
    readonly url: string,
    /** From the start of the process to the line that says that it is ready. */
    readonly readyAfterMs: number,
  ) {}

  /** Starts it on a free port; resolves when it says that it is ready. */
  static async start(environment: Readonly<Record<string, string>>): Promise<ServiceProcess> {
    const started = performance.now();
    const child = spawn(process.execPath, [SERVICE], {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        ...{ NODE_ENV: "production", PORT: "0", HOST: "127.0.0.1", FACET_LOG_LEVEL: "warn", FACET_RATE_LIMIT: "off" },
        // A cover by quality would be quick: only personal ones are to be measured.
        ...{ FACET_TIME_BUDGET_MS: "60000", FACET_PUBLIC_URL: "", ...environment },
      },
    });
    const log: string[] = [];
    createInterface({ input: child.stderr }).on("line", (line) => {
      log.push(line);
      log.splice(0, Math.max(0, log.length - KEPT_LOG_LINES));
    });
    const url = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).on("line", (line) => {
        const address = /ready.*(http:\/\/\S+)/.exec(line)?.[1];
        if (address !== undefined) resolve(address.replace(/\/$/, ""));
      });
      child.once("exit", (code) => reject(new Error(`The service ended with ${String(code)}:\n${log.join("\n")}`)));
    });
    return new ServiceProcess(child, url, performance.now() - started);
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error("The service has no process.");
    return this.child.pid;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, "exit");
    this.child.kill("SIGTERM");
    const patience = setTimeout(() => this.child.kill("SIGKILL"), STOP_WITHIN_MS);
    await exited;
    clearTimeout(patience);
  }
}
