import type { Degradation } from "../photos/degrade.js";
import type { Photo } from "../photos/photo.js";

/** The situations that a scorer is judged in; `W6-n` is a viewer with n likes. */
export const WORLDS = ["W0", "W1", "W2", "W3", "W5", "W6-0", "W6-1", "W6-3"] as const;
export type World = (typeof WORLDS)[number];

/** A photo as it appears in a history or a video. */
export interface PhotoRef {
  readonly photo: Photo;
  readonly degradation: Degradation;
}

/** One viewer in front of one video, and what a good cover would be. */
export interface Episode {
  readonly world: World;
  /** Unique over all worlds and collections. */
  readonly viewer: string;
  /** The interest that a hit shows. Viewers who share one are not independent: intervals are clustered by it. */
  readonly cluster: string;
  /** Liked images, oldest first. No photo of it is in `frames`. */
  readonly history: readonly PhotoRef[];
  /** Candidate frames, in the video's order. */
  readonly frames: readonly PhotoRef[];
  /** Number of the scene that each frame belongs to. */
  readonly scenes: readonly number[];
  /** Whether each frame would be a good cover for this viewer; at least one would. */
  readonly right: readonly boolean[];
  /** The interest that the video is filed under: the one that its good covers show. */
  readonly category: string;
}
