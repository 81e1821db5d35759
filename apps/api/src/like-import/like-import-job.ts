import type { JobQueue, Jobs } from "../jobs/index.js";

export interface LikeImportJob {
  readonly importId: string;
}

/** Files of likes to record. */
export type LikeImportQueue = JobQueue<LikeImportJob>;

export function openLikeImportQueue(jobs: Jobs): Promise<LikeImportQueue> {
  return jobs.openQueue({ name: "import-likes", longestSeconds: 12 * 60 * 60, retries: 5 });
}
