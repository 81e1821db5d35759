import PgBoss from "pg-boss";
import type { Logger } from "pino";
import type { ListeningConnection } from "../database/listening-connection.js";
import { JobBell } from "./job-bell.js";
import { JobQueue, type QueueOptions } from "./job-queue.js";

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
  private constructor(
    private readonly boss: PgBoss,
    private readonly bell: JobBell,
  ) {}

  /** @param listening what brings news of jobs; its owner stops it */
  static async open(connectionString: string, listening: ListeningConnection, log: Logger): Promise<Jobs> {
    const boss = new PgBoss({ connectionString, max: CONNECTIONS, application_name: "facet-jobs" });
    boss.on("error", (error) => log.error({ err: error }, "the queue failed"));
    await boss.start();
    return new Jobs(boss, new JobBell(listening));
  }

  openQueue<Job extends object>(options: QueueOptions): Promise<JobQueue<Job>> {
    return JobQueue.open<Job>(this.boss, this.bell, options);
  }

  /** Of all processes that ask for it, one does the work each time. A run that fails is not tried again before the next. */
  async recur({ name, when, longestSeconds, run }: RecurringWork): Promise<void> {
    await this.boss.createQueue(name, { name, policy: "singleton", expireInSeconds: longestSeconds, retryLimit: 0 });
    await this.boss.work(name, { pollingIntervalSeconds: CLOCK_POLLING_SECONDS }, run);
    await this.boss.schedule(name, when);
  }

  /** Lets what is in work end. */
  async close(): Promise<void> {
    await this.boss.stop({ graceful: true, wait: true, timeout: STOP_TIMEOUT_MS });
  }
}
