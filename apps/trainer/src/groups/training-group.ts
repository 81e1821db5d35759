import type { Episode, PhotoRef, World } from "../episodes/episode.js";

/**
 * Claim 8: a group is a video, its category, its cover and liked images. An episode is one that was composed of photos;
 * a platform's own groups are of the world "own".
 */
export interface TrainingGroup {
  readonly world: World | "own";
  /** What makes groups alike, so that they succeed and fail together: intervals are clustered by it. */
  readonly cluster: string;
  /** Liked images, oldest first. */
  readonly history: readonly PhotoRef[];
  /** Candidate frames, in the video's order. */
  readonly frames: readonly PhotoRef[];
  /** Whether each frame would be a good cover for this viewer; none is where the cover is not known. */
  readonly right: readonly boolean[];
  /** Absent where it is not known. */
  readonly category?: Episode["category"];
}

export function isCoverKnown({ right }: TrainingGroup): boolean {
  return right.includes(true);
}
