import PgBoss from "pg-boss";
import type { Logger } from "pino";
import type { ListeningConnection } from "../database/listening-connection.js";
import { withinBudget } from "../time-budget.js";
import { JobBell } from "./job-bell.js";
import { JobQueue, type QueueOptions, type StartWorker } from "./job-queue.js";
import { JobWorker } from "./job-worker.js";

/** The queues' own statements are few; what callers enqueue goes over their own connections. */
const CONNECTIONS = 4;
/** What is in work at the end has this long to stop. */
const STOP_TIMEOUT_MS = 30_000;
const CLOCK_POLLING_SECONDS = 2;

/** Work that the clock asks for. */
export interface RecurringWork {
  readonly name: string;
  /** As cron has it, in UTC. */
  readonly when: string;
  readonly longestSeconds: number;
  readonly run: () => Promise<void>;
}

/** The jobs of the service, in Postgres: one for all of its queues and for what the clock asks for. */
export class Jobs {
  readonly #workers: Pick<JobWorker<object>, "stop" | "ended" | "abandon">[] = [];

  private constructor(
    private readonly boss: PgBoss,
    private readonly bell: JobBell,
    private readonly log: Logger,
  ) {}

  /** @param listening what brings news of jobs; its owner stops it */
  static async open(connectionString: string, listening: ListeningConnection, log: Logger): Promise<Jobs> {
    const boss = new PgBoss({ connectionString, max: CONNECTIONS, application_name: "facet-jobs" });
    boss.on("error", (error) => log.error({ err: error }, "the queue failed"));
    await boss.start();
    return new Jobs(boss, new JobBell(listening), log);
  }

  openQueue<Job extends object>(options: QueueOptions): Promise<JobQueue<Job>> {
    return JobQueue.open<Job>(this.boss, this.bell, this.#startWorker, options);
  }

  /** Of all processes that ask for it, one does the work each time. A run that fails is not tried again before the next. */
  async recur({ name, when, longestSeconds, run }: RecurringWork): Promise<void> {
    await this.boss.createQueue(name, { name, policy: "singleton", expireInSeconds: longestSeconds, retryLimit: 0 });
    this.#startWorker({ queue: name, pollingSeconds: CLOCK_POLLING_SECONDS, handle: run });
    await this.boss.schedule(name, when);
  }

  /** Lets what is in work end, for a time. */
  async close(): Promise<void> {
    for (const worker of this.#workers) worker.stop();
    await withinBudget(STOP_TIMEOUT_MS, Promise.all(this.#workers.map((worker) => worker.ended())));
    for (const worker of this.#workers) {
      await worker.abandon().catch((error: unknown) => this.log.error({ err: error }, "a job could not be given back"));
    }
    await this.boss.stop({ graceful: false });
  }

  readonly #startWorker: StartWorker = (work) => {
    const worker = new JobWorker(this.boss, work, this.log);
    this.#workers.push(worker);
    return worker;
  };
}
