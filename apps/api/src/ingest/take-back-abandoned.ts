import type { Logger } from "pino";
import { IngestLease } from "./ingest-lease.js";
import type { IngestQueue } from "./ingest-queue.js";

/** Finds jobs whose worker died, and gives them back to the queue: the lease of a living worker cannot be taken. */
export async function takeBackAbandoned(
  queue: Pick<IngestQueue, "listTaken" | "takeBack">,
  connectionString: string,
  log: Logger,
): Promise<void> {
  for (const { jobId, job } of await queue.listTaken()) {
    const lease = await IngestLease.take(connectionString, job.videoId);
    if (lease === undefined) continue;
    try {
      await queue.takeBack(jobId);
      log.warn({ videoId: job.videoId }, "the worker of this video is gone: it is tried again");
    } finally {
      await lease.release();
    }
  }
}
