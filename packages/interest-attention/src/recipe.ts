/**
 * Numbers of the method that are neither learned nor a model's own choice: every engine computes with the same ones, so
 * that all give equal results.
 */

/** Slope of the ramp f below 0. A leaky ramp keeps the order of what goes in, and f(c x) = c f(x) for c > 0. */
export const RAMP_SLOPE = 0.3;

/** How fast what the lead adds falls off: to 1/e at a coincidence of 1/16 below the best. Settled on validation videos. */
export const LEAD_FALLS_OFF = 16;

/** Of the soft top of similarities: between the mean (0) and the largest (infinity). */
export const SOFT_TOP_SHARPNESS = 10;

/** Liked images after which recency has faded to 1/e. */
export const RECENCY_FADES_IN = 4;

/** Puts the log of a usual number of likes near 1. */
export const USUAL_LOG_LIKES = 3;

/** Puts the log of a usual number of frames near 1. */
export const USUAL_LOG_FRAMES = 3;
