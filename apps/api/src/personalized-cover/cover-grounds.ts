import type { CoverBasis, CoverReason } from "@facet/domain";

/** What a cover rests on: known of viewer and video before any frame is looked at. */
export type CoverGrounds =
  | { readonly basis: "PERSONALIZED"; readonly reason: "SCORED" }
  | { readonly basis: Extract<CoverBasis, "QUALITY">; readonly reason: Extract<CoverReason, "NEW_VIEWER"> };

/** What is asked of a viewer before a cover is chosen. */
export interface ViewerState {
  readonly historyVersion: number;
  readonly hasLikes: boolean;
}

export function findGrounds(viewer: ViewerState): CoverGrounds {
  if (!viewer.hasLikes) return { basis: "QUALITY", reason: "NEW_VIEWER" };
  return { basis: "PERSONALIZED", reason: "SCORED" };
}
