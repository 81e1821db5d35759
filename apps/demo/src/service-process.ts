import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { serviceEnvironment } from "./service-environment.js";

const SERVICE = fileURLToPath(new URL("../../api/dist/main.js", import.meta.url));
const READY_WITHIN_MS = 120_000;
const STOP_WITHIN_MS = 15_000;
const KEPT_LOG_LINES = 40;

/** The built service, running as a process of its own on an embedded database. */
export class ServiceProcess {
  readonly #log: string[] = [];
  readonly #ended: Promise<void>;

  private constructor(
    private readonly child: ChildProcess,
    /** Its address, without a slash at the end. */
    readonly url: string,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => this.#keep(text));
    }
    this.#ended = new Promise((resolve) => child.once("close", () => resolve()));
  }

  /**
   * Starts it on a free port and waits until it can answer.
   *
   * @param dataDir for the embedded database; made where it is absent
   * @param signal stops it, also while it is starting
   */
  static async start(dataDir: string, adminKey: string, signal: AbortSignal): Promise<ServiceProcess> {
    const port = await findFreePort();
    const child = spawn(process.execPath, [SERVICE], {
      stdio: ["ignore", "pipe", "pipe"],
      env: serviceEnvironment(process.env, {
        PORT: String(port),
        HOST: "127.0.0.1",
        FACET_DATA_DIR: dataDir,
        FACET_ADMIN_KEY: adminKey,
        // A page would rather have a cover in time than a personal one; a demo on a busy laptop would not.
        FACET_TIME_BUDGET_MS: "20000",
      }),
    });
    const service = new ServiceProcess(child, `http://127.0.0.1:${port}`);
    signal.addEventListener("abort", () => void service.stop(), { once: true });
    try {
      signal.throwIfAborted();
      await service.#untilReady();
    } catch (error) {
      await service.stop();
      throw error;
    }
    return service;
  }

  /** Resolves when the process has ended, for whatever reason. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  /** The last lines that it printed. */
  get log(): string {
    return this.#log.join("\n");
  }

  async stop(): Promise<void> {
    if (!this.#isRunning()) return;
    this.child.kill("SIGTERM");
    const patience = setTimeout(() => this.child.kill("SIGKILL"), STOP_WITHIN_MS);
    await this.#ended;
    clearTimeout(patience);
  }

  async #untilReady(): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    while (Date.now() < deadline) {
      if (!this.#isRunning()) throw new Error(`The service ended before it was ready:\n${this.log}`);
      const answer = await fetch(`${this.url}/ready`).catch(() => undefined);
      if (answer?.ok) return;
      await sleep(100);
    }
    throw new Error(`The service was not ready within ${READY_WITHIN_MS / 1000} s:\n${this.log}`);
  }

  #isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  #keep(text: string): void {
    this.#log.push(...text.split("\n").filter((line) => line !== ""));
    this.#log.splice(0, Math.max(0, this.#log.length - KEPT_LOG_LINES));
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
