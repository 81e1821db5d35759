/** What a cover rests on: known of viewer and video before any frame is looked at. */
export type CoverGrounds =
  | { readonly basis: "PINNED"; readonly reason: "OWNER_PINNED"; readonly frameId: string }
  | { readonly basis: "QUALITY"; readonly reason: "OPTED_OUT" | "PERSONALIZATION_OFF" | "NEW_VIEWER" }
  | { readonly basis: "PERSONALIZED"; readonly reason: "SCORED" };

/** What a cover rests on that could not be decided as it should; it is not kept. */
export interface FallbackGrounds {
  readonly basis: "QUALITY";
  readonly reason: "TIME_BUDGET" | "SCORER_FAILED";
}

/** What is asked of a viewer before a cover is chosen. */
export interface ViewerState {
  readonly historyVersion: number;
  readonly hasLikes: boolean;
  readonly optedOut: boolean;
  /** When its row came into being; null where there is none. A viewer that was deleted and comes back is another one. */
  readonly since: Date | null;
}

/** What the owner of a video says of its covers. */
export interface VideoRules {
  readonly pinnedFrameId: string | null;
  readonly personalized: boolean;
}

/**
 * Whose word counts, in this order: the owner who fixed the cover, the viewer who wants no personal covers, the owner who
 * wants none for this video; then there must be something known of the viewer.
 */
export function findGrounds(viewer: Pick<ViewerState, "hasLikes" | "optedOut">, video: VideoRules): CoverGrounds {
  const { pinnedFrameId: frameId } = video;
  if (frameId !== null) return { basis: "PINNED", reason: "OWNER_PINNED", frameId };
  if (viewer.optedOut) return { basis: "QUALITY", reason: "OPTED_OUT" };
  if (!video.personalized) return { basis: "QUALITY", reason: "PERSONALIZATION_OFF" };
  if (!viewer.hasLikes) return { basis: "QUALITY", reason: "NEW_VIEWER" };
  return { basis: "PERSONALIZED", reason: "SCORED" };
}
