import { setTimeout as sleep } from "node:timers/promises";
import { SHARE_ENV, Worker } from "node:worker_threads";
import type { Logger } from "pino";
import { InferenceFailedError, InferenceThreadGoneError } from "./errors.js";
import { packTogether } from "./pack-arrays.js";
import type { EncoderFacts, ScorerFacts, ThreadMessage, ThreadTask } from "./protocol.js";

const RESTART_AFTER_MS = 100;
/** A network that cannot be loaded any more is tried again ever less often. */
const LONGEST_PAUSE_MS = 30_000;

export interface NetworkThreadOptions {
  readonly task: ThreadTask;
  /** The built file that the thread starts with. */
  readonly entry: URL;
  readonly log: Logger;
}

interface Waiting {
  readonly resolve: (results: readonly unknown[]) => void;
  readonly reject: (error: Error) => void;
}

interface Running {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
}

/**
 * A network in a thread of its own, so that this one stays free to answer others meanwhile. Where the thread ends,
 * whatever was in work fails, and a new one takes its place; what is asked before that is loaded waits for it.
 */
export class NetworkThread<Facts extends EncoderFacts | ScorerFacts> {
  #running: Promise<Running>;
  readonly #stopping = new AbortController();
  #calls = 0;

  private constructor(
    private readonly options: NetworkThreadOptions,
    running: Running,
    readonly facts: Facts,
  ) {
    this.#running = Promise.resolve(running);
    this.#watch(running);
  }

  /** @throws InferenceFailedError where the network cannot be loaded */
  static async start<Facts extends EncoderFacts | ScorerFacts>(
    options: NetworkThreadOptions,
  ): Promise<NetworkThread<Facts>> {
    const { running, facts } = await startThread(options);
    return new NetworkThread(options, running, facts as Facts);
  }

  /**
   * @param items  what the method takes: a list of plain values and typed arrays
   * @returns what it gives, in the same order
   * @throws InferenceFailedError, InferenceThreadGoneError
   */
  async call<Result>(method: string, items: readonly unknown[]): Promise<Result[]> {
    const { network } = this.options.task;
    if (this.#isStopped()) throw new InferenceThreadGoneError(network, "it was told to end");
    const { worker, waiting } = await this.#running;
    const id = this.#calls++;
    const { packed, buffer } = packTogether(items);
    const results = await new Promise<readonly unknown[]>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, method, items: packed }, [buffer]);
    });
    return results as Result[];
  }

  /** Ends the thread, as a crash would where `stop` was not called: what is in work fails. */
  async end(): Promise<void> {
    const running = await this.#running.catch(() => undefined);
    await running?.worker.terminate();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.end();
  }

  #isStopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  #watch({ worker, waiting }: Running): void {
    worker.once("exit", (code) => {
      const { network } = this.options.task;
      const gone = new InferenceThreadGoneError(network, `it ended with ${code}`);
      for (const { reject } of waiting.values()) reject(gone);
      waiting.clear();
      if (this.#isStopped()) return;
      this.options.log.error({ network, code }, "the thread of a network ended: another takes its place");
      this.#running = this.#restart(RESTART_AFTER_MS);
      // Whoever asks meanwhile is told.
      this.#running.catch(() => undefined);
    });
  }

  async #restart(pauseMs: number): Promise<Running> {
    await sleep(pauseMs, undefined, { ref: false, signal: this.#stopping.signal }).catch(() => undefined);
    if (this.#isStopped()) throw new InferenceThreadGoneError(this.options.task.network, "it was told to end");
    try {
      const { running } = await startThread(this.options);
      this.#watch(running);
      // Stopped while it was being loaded.
      if (this.#isStopped()) void running.worker.terminate();
      return running;
    } catch (error) {
      this.options.log.error({ err: error, network: this.options.task.network }, "a network cannot be loaded");
      return this.#restart(Math.min(pauseMs * 2, LONGEST_PAUSE_MS));
    }
  }
}

async function startThread({ task, entry, log }: NetworkThreadOptions): Promise<{ running: Running; facts: unknown }> {
  // A copy of the environment would not reach the libraries that a network runs on.
  const worker = new Worker(entry, { workerData: task, env: SHARE_ENV });
  const waiting = new Map<number, Waiting>();
  const facts = await new Promise<unknown>((resolve, reject) => {
    worker.on("error", (error: Error) => {
      log.error({ err: error, network: task.network }, "the thread of a network failed");
      reject(new InferenceFailedError(`The ${task.network} cannot be loaded: ${error.message}`, { cause: error }));
    });
    worker.once("exit", () => reject(new InferenceThreadGoneError(task.network, "it ended before it was ready")));
    worker.on("message", (message: ThreadMessage) => {
      switch (message.kind) {
        case "ready":
          log.debug({ network: task.network, priority: message.priority }, "the thread of a network is ready");
          resolve(message.facts);
          break;
        case "answer":
          take(waiting, message.id)?.resolve(message.results);
          break;
        case "failure":
          take(waiting, message.id)?.reject(new InferenceFailedError(message.message));
      }
    });
  });
  return { running: { worker, waiting }, facts };
}

function take(waiting: Map<number, Waiting>, id: number): Waiting | undefined {
  const one = waiting.get(id);
  waiting.delete(id);
  return one;
}
