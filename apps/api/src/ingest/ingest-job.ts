import type { JobQueue, Jobs } from "../jobs/index.js";

/** Which video, and which revision of its source. */
export interface IngestJob {
  readonly videoId: string;
  readonly revision: number;
}

/** Videos to ingest. */
export type IngestQueue = JobQueue<IngestJob>;

export function openIngestQueue(jobs: Jobs): Promise<IngestQueue> {
  return jobs.openQueue({ name: "ingest-video", longestSeconds: 6 * 60 * 60, retries: 3 });
}
