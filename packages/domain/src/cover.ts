/** What a cover decision rests on. */
export type CoverBasis = "PERSONALIZED" | "QUALITY" | "PINNED";

/** Why the basis is what it is. */
export type CoverReason =
  "SCORED" | "NEW_VIEWER" | "OPTED_OUT" | "PERSONALIZATION_OFF" | "TIME_BUDGET" | "SCORER_FAILED" | "OWNER_PINNED";
