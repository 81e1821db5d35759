import type { Video } from "../generated/prisma/client.js";
import type { JobQueue, Jobs } from "../jobs/index.js";

/** Which video, and which revision of its source. */
export interface IngestJob {
  readonly videoId: string;
  /** ISO 8601. A video that was deleted and registered again is another one: what is left to do for the first is not done to it. */
  readonly registeredAt: string;
  readonly revision: number;
}

export function toIngestJob(video: Pick<Video, "id" | "registeredAt">, revision: number): IngestJob {
  return { videoId: video.id, registeredAt: video.registeredAt.toISOString(), revision };
}

/** Videos to ingest. */
export type IngestQueue = JobQueue<IngestJob>;

export function openIngestQueue(jobs: Jobs): Promise<IngestQueue> {
  return jobs.openQueue({ name: "ingest-video", longestSeconds: 6 * 60 * 60, retries: 3 });
}
