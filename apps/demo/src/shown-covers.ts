import type { Cover } from "./facet-http.js";
import type { DemoVideo, DemoViewer } from "./material.js";

/** A video that is ready, as the table and the contact sheet show it. */
export interface ReadyVideo {
  readonly video: DemoVideo;
  readonly durationMs: number;
  readonly candidateFrames: number;
}

/** A cover that was asked for, and its picture. */
export interface ShownCover {
  readonly video: DemoVideo;
  readonly viewer: DemoViewer;
  readonly cover: Cover;
  /** As the service serves it. */
  readonly jpeg: Uint8Array;
}

/** `1:05` for 65,400 ms. */
export function clockTime(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
