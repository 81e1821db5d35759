import type { VideoSource } from "../video/video-sources.js";

/** What a job is to ingest: the source of a video that has no frames yet, or one that is to replace another. */
export interface IngestTarget {
  readonly kind: "FIRST" | "REPLACEMENT";
  readonly source: VideoSource;
}
