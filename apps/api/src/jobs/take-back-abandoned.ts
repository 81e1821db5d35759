import type { TakenJob } from "./job-queue.js";
import type { Lease } from "./lease.js";

/** What is known of jobs that some worker has taken. */
export interface TakenJobs<Job> {
  readonly listTaken: () => Promise<TakenJob<Job>[]>;
  readonly takeBack: (jobId: string) => Promise<void>;
}

/**
 * Finds jobs whose worker died, and gives them back to the queue: the lease of a living worker cannot be taken.
 *
 * @returns those that were given back
 */
export async function takeBackAbandoned<Job>(
  queue: TakenJobs<Job>,
  takeLease: (job: Job) => Promise<Lease | undefined>,
): Promise<Job[]> {
  const abandoned: Job[] = [];
  for (const { jobId, job } of await queue.listTaken()) {
    const lease = await takeLease(job);
    if (lease === undefined) continue;
    try {
      await queue.takeBack(jobId);
      abandoned.push(job);
    } finally {
      await lease.release();
    }
  }
  return abandoned;
}
